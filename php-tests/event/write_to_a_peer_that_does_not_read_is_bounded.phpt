--TEST--
a peer that does not read: Event::write() gives false at the limit, sends none of what it refused, and takes more when there is room
--CAPTURE_STDIO--
STDIN STDOUT
--FILE--
<?php
use Swoole\Event;
[$a, $b] = stream_socket_pair(STREAM_PF_UNIX, STREAM_SOCK_STREAM, 0);
Event::add($a, fn () => null);
$sent = [];
for ($n = 0; $n < 1000; $n++) {
    if (!Event::write($a, str_pad((string) $n, 65536))) {
        break;
    }
    $sent[] = $n;
}
$bytes = count($sent) * 65536;
echo $n < 1000 && $bytes >= 8 << 20 && $bytes < 10 << 20 ? 'bounded' : "$bytes bytes", ', error ', swoole_last_error(), "\n";
$got = '';
$again = null;
Event::add($b, function ($b) use (&$got, &$again, $bytes, $a) {
    $got .= fread($b, 1 << 20);
    $again ??= Event::write($a, 'the end');
    if (!$again) {
        $again = null;
    } elseif (strlen($got) >= $bytes + 7) {
        Event::exit();
    }
});
Event::wait();
$numbers = array_map('intval', str_split(substr($got, 0, -7), 65536));
echo substr($got, -7), ', ', $numbers === $sent ? 'each once and in order' : 'something else', "\n";
?>
--EXPECT--
bounded, error 105
the end, each once and in order
