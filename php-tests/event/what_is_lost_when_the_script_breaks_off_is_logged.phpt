--TEST--
bytes that wait in the loop when the script ends without running it are told in the log
--FILE--
<?php
require __DIR__ . '/../support.inc';
$start = '<?php use Swoole\{Event, Timer}; [$a, $b] = stream_socket_pair(STREAM_PF_UNIX, STREAM_SOCK_STREAM, 0);
    Event::add($a, fn () => null); Event::write($a, str_repeat("x", 3000000)); ini_set("display_errors", 0); ';
foreach (['exit() in the loop' => 'Event::defer(fn () => exit(1)); Event::wait();', 'Event::exit()' => 'Event::defer(Event::exit(...)); Event::wait();',
    'a fatal error' => 'no_such_function();'] as $how => $code) {
    [$output] = php_run($start . $code);
    echo $how, ': ', preg_replace(['/^.*WARNING\t/m', '/\d{6,}/'], ['', 'N'], trim($output)), "\n";
}
?>
--EXPECT--
exit() in the loop: the event loop ended before N bytes were written
Event::exit(): the event loop ended before N bytes were written
a fatal error: the event loop ended before N bytes were written
