//! The output of `php --ri swoole_process`.

use crate::os::{system, tls};
use crate::php::functions::API_VERSION;
use crate::zend::info;

pub(super) fn print() {
    let yes_no = |yes: bool| if yes { "yes" } else { "no" }.to_owned();
    let limit =
        |path: &str| system::limit(path).map_or_else(|| "unknown".to_owned(), |value| value.to_string());
    info::table(&[
        ("swoole_process support", "enabled".to_owned()),
        ("Version", env!("CARGO_PKG_VERSION").to_owned()),
        ("Swoole API level", API_VERSION.to_owned()),
        ("TLS on sockets", tls::version().unwrap_or("no (built without OpenSSL)").to_owned()),
        ("Kernel", system::kernel_release()),
        ("pidfd (exits are detected without polling)", yes_no(system::has_pidfd())),
        ("System V message queues", yes_no(system::has_message_queues())),
        ("Largest queue message in bytes (kernel.msgmax)", limit("kernel/msgmax")),
        ("Bytes per queue (kernel.msgmnb)", limit("kernel/msgmnb")),
        ("Queues in the system (kernel.msgmni)", limit("kernel/msgmni")),
        ("Largest socket send buffer in bytes (net.core.wmem_max)", limit("net/core/wmem_max")),
        ("Largest socket receive buffer in bytes (net.core.rmem_max)", limit("net/core/rmem_max")),
    ]);
}

/// What `php --ri swoole` shows when the module is known by that name.
pub(super) fn print_second() {
    info::table(&[
        ("Provided by", format!("swoole_process {}", env!("CARGO_PKG_VERSION"))),
        ("Swoole API level", API_VERSION.to_owned()),
        ("Servers, HTTP clients, threads", "no".to_owned()),
    ]);
}
