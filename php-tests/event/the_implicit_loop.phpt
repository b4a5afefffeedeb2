--TEST--
a script that ends with something to do runs the loop: after exit() too, not after an uncaught exception or a fatal error
--FILE--
<?php
require __DIR__ . '/../support.inc';
$start = '<?php use Swoole\{Event, Process, Timer}; register_shutdown_function(fn () => print("shutdown function\n"));
    Timer::after(1, fn () => print("timer\n")); echo "last line\n"; ';
$far = 'Timer::clearAll(); Timer::after(60000, fn () => print("not reached\n")); ';
$ends = [
    'the end' => '',
    'exit' => 'exit(4);',
    'exit in the loop' => $far . 'Event::defer(fn () => exit(5)); exit(4);',
    'an exception in the loop' => $far . 'Event::defer(fn () => throw new Exception("thrown"));',
    'an uncaught exception' => 'throw new Exception("uncaught");',
    'a fatal error' => 'eval("class Broken implements Traversable {}");',
    'a handled exception' => 'set_exception_handler(fn ($e) => print("handled\n")); throw new Exception("x");',
    'nothing to do' => 'Timer::clearAll();',
    'twice' => 'Event::wait(); Timer::after(1, fn () => print("second timer\n"));',
    'asked for by a shutdown function' => 'Timer::clearAll();
        register_shutdown_function(function () { echo "second\n"; Timer::after(1, fn () => print("timer of a shutdown function\n")); });',
];
foreach ($ends as $end => $code) {
    [$output, $status] = php_run($start . $code, ['-d', 'html_errors=0']);
    $output = preg_replace(['/ in (\/\S+|Unknown)/', '/^#\d.*\n/m', '/^Stack trace:\n|^  thrown.*\n|^\n/m', '/ on line \d+/'], '', $output);
    echo "-- $end: $status\n$output";
}
?>
--EXPECT--
-- the end: 0
last line
shutdown function
Deprecated: swoole_event_rshutdown(): Event::wait() in shutdown function is deprecated
timer
-- exit: 4
last line
shutdown function
Deprecated: swoole_event_rshutdown(): Event::wait() in shutdown function is deprecated
timer
-- exit in the loop: 255
last line
shutdown function
Deprecated: swoole_event_rshutdown(): Event::wait() in shutdown function is deprecated
Fatal error: Uncaught Swoole\ExitException: swoole exit
-- an exception in the loop: 255
last line
shutdown function
Deprecated: swoole_event_rshutdown(): Event::wait() in shutdown function is deprecated
Fatal error: Uncaught Exception: thrown
-- an uncaught exception: 255
last line
Fatal error: Uncaught Exception: uncaught
shutdown function
-- a fatal error: 255
last line
Fatal error: Class Broken must implement interface Traversable as part of either Iterator or IteratorAggregate
shutdown function
-- a handled exception: 0
last line
handled
shutdown function
Deprecated: swoole_event_rshutdown(): Event::wait() in shutdown function is deprecated
timer
-- nothing to do: 0
last line
shutdown function
-- twice: 0
last line
timer
shutdown function
Deprecated: swoole_event_rshutdown(): Event::wait() in shutdown function is deprecated
second timer
-- asked for by a shutdown function: 0
last line
shutdown function
second
Deprecated: swoole_event_rshutdown(): Event::wait() in shutdown function is deprecated
timer of a shutdown function
