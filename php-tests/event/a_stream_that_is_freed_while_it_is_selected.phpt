--TEST--
swoole_select() and stream_select() in a coroutine: a stream of a class of the script frees itself when it is asked for its descriptor
--FILE--
<?php
class Stream
{
    public $context;
    private array $pair;

    public function stream_open(): bool
    {
        $this->pair = stream_socket_pair(STREAM_PF_UNIX, STREAM_SOCK_STREAM, 0);
        fwrite($this->pair[1], 'x');
        return true;
    }

    public function stream_cast()
    {
        $GLOBALS['stream'] = null;
        echo "asked\n";
        return $this->pair[0];
    }

    public function stream_close(): void
    {
        echo "closed\n";
    }
}
stream_wrapper_register('freed', Stream::class);
$select = function (string $function): void {
    $GLOBALS['stream'] = fopen('freed://', 'r+');
    [$read, $none] = [[&$GLOBALS['stream']], null];
    try {
        $function($read, $none, $none, 0);
        echo "$function: ", json_encode($read), "\n";
    } catch (Error $error) {
        // PHP's own function gets the variable after it was changed.
        echo "$function: an Error\n";
    }
};
$select('swoole_select');
Swoole\Coroutine\run($select, 'stream_select');
?>
--EXPECT--
asked
closed
swoole_select: [null]
asked
closed
stream_select: an Error
