--TEST--
2,000 descriptors are watched at once, each is told as often as it was written to
--EXTENSIONS--
posix
--SKIPIF--
<?php
if (!function_exists('posix_setrlimit') || posix_getrlimit()['hard openfiles'] !== 'unlimited' && posix_getrlimit()['hard openfiles'] < 5000) {
    die('skip needs 5000 descriptors');
}
?>
--FILE--
<?php
use Swoole\Event;
posix_setrlimit(POSIX_RLIMIT_NOFILE, 5000, 5000) || exit('no descriptors');
$left = $calls = 0;
for ($i = 0; $i < 2000; $i++) {
    [$a, $b] = $pairs[] = stream_socket_pair(STREAM_PF_UNIX, STREAM_SOCK_STREAM, 0);
    $left += $i % 3;
    // What PHP has in its own buffer is no event.
    stream_set_read_buffer($a, 0);
    Event::add($a, function ($a) use (&$left, &$calls, $i, $b) {
        $calls++;
        $left -= (int) (fread($a, 1) === 'x');
        if ($left === 0) {
            Event::exit();
        }
    });
    fwrite($b, str_repeat('x', $i % 3));
}
Event::wait();
echo "$calls calls\n";
Event::defer(fn () => null);
Event::wait();
foreach ($pairs as [$a]) {
    Event::isset($a) && print("still watched\n");
}
?>
--EXPECT--
1999 calls
