//! The tokens: names of resources of the runtime. Objects of scripts hold tokens. A token is not reused for another
//! resource.

slotmap::new_key_type! {
    /// Names a pipe.
    pub struct PipeToken;
    /// Names a socket.
    pub struct SocketToken;
    /// Names a stream of PHP that coroutines wait for.
    pub struct StreamToken;
    /// Names what a coroutine selects from.
    pub struct SelectionToken;
    /// Names a transfer.
    pub struct TransferToken;
    /// Names a pool.
    pub struct PoolToken;
    /// Names a child that a process object has started.
    pub struct ChildToken;
    /// Names an open file that is being sent to another process.
    pub struct SendingToken;
}
