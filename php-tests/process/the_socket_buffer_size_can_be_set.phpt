--TEST--
the socket buffer: swoole.socket_buffer_size at run time, swoole_async_set(), and values that make no sense
--FILE--
<?php
use Swoole\Process;
/** The largest power of two that one message may have, up to 4 MiB. */
function largest(): int
{
    $p = new Process(fn () => 0);
    for ($size = 4 << 20; $size > 1 && @$p->write(str_repeat('x', $size)) === false; $size >>= 1);
    return $size;
}
ini_set('swoole.socket_buffer_size', 65536);
$small = largest();
ini_set('swoole.socket_buffer_size', '131072');
var_dump(largest() === 2 * $small);
ini_set('swoole.socket_buffer_size', '64K');
var_dump(largest() === $small);
ini_set('swoole.socket_buffer_size', '0');
var_dump(largest() === $small);
ini_set('swoole.socket_buffer_size', '-1');
var_dump(largest() === $small);
?>
--EXPECT--
bool(true)
bool(true)
bool(true)
bool(true)
