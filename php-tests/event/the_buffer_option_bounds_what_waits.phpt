--TEST--
swoole_async_set(['socket_buffer_size' => N]) bounds what may wait on a descriptor, as the setting in php.ini does
--CAPTURE_STDIO--
STDIN STDOUT
--FILE--
<?php
use Swoole\Event;
[$a, $b] = stream_socket_pair(STREAM_PF_UNIX, STREAM_SOCK_STREAM, 0);
Event::add($a, fn () => null);
swoole_async_set(['socket_buffer_size' => 65536]);
var_dump(Event::write($a, str_repeat('x', 65537)), swoole_last_error() === 105);
var_dump(Event::write($a, str_repeat('x', 65536)));
Event::del($a);
?>
--EXPECT--
bool(false)
bool(true)
bool(true)
