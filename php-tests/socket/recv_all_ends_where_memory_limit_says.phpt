--TEST--
recvAll() of more than memory_limit ends with the fatal error of PHP, and the process does not grow
--FILE--
<?php
use function Swoole\Coroutine\{go, run};

require __DIR__ . '/../support.inc';

function grown(): int
{
    preg_match('/VmHWM:\s+(\d+)/', file_get_contents('/proc/self/status'), $m);
    return (int) $m[1];
}

ini_set('memory_limit', '16M');
ini_set('display_errors', '0');
ini_set('log_errors', '0');
$before = grown();
register_shutdown_function(function () use ($before): void {
    echo grown() - $before < 60000 ? "small\n" : 'grew by ' . grown() - $before . " kB\n";
    echo substr(error_get_last()['message'], 0, 44), "\n";
});
run(function (): void {
    [$a, $b] = swoole_coroutine_socketpair(AF_UNIX, SOCK_STREAM, 0);
    go(function () use ($b): void {
        $part = str_repeat('x', 1 << 20);
        for ($i = 0; $i < 200; $i++) {
            if ($b->sendAll($part) === false) {
                return;
            }
        }
        $b->close();
    });
    // What fits is received.
    echo strlen($a->recvAll(3 << 20)), "\n";
    echo strlen($a->recvAll(1 << 40, 30)), "\n";
});
?>
--EXPECT--
3145728
small
Allowed memory size of 16777216 bytes exhaus
