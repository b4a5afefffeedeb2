--TEST--
swoole_select() of a stream of a class of the script, which calls swoole_select() when it is asked for its descriptor
--FILE--
<?php
class Stream
{
    public $context;
    private array $pair;
    private bool $isAsked = false;

    public function stream_open(): bool
    {
        $this->pair = stream_socket_pair(STREAM_PF_UNIX, STREAM_SOCK_STREAM, 0);
        return true;
    }

    public function stream_cast()
    {
        if (!$this->isAsked) {
            $this->isAsked = true;
            [$read, $write, $none] = [$this->pair, $this->pair, null];
            echo 'within: ', swoole_select($read, $write, $none), "\n";
        }
        return $this->pair[0];
    }
}
stream_wrapper_register('asking', Stream::class);
$pair = stream_socket_pair(STREAM_PF_UNIX, STREAM_SOCK_STREAM, 0);
fwrite($pair[1], 'x');
$read = ['first' => $pair[0], 'quiet' => fopen('asking://', 'r'), 'last' => $pair[0]];
$none = null;
$count = swoole_select($read, $none, $none);
echo "ready: $count ", implode(' ', array_keys($read)), "\n";
?>
--EXPECT--
within: 2
ready: 2 first last
