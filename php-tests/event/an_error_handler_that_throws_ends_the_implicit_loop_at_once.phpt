--TEST--
an error handler that throws for the deprecation of the implicit loop: the exception is reported at once
--EXTENSIONS--
pcntl
--FILE--
<?php
use Swoole\Timer;
pcntl_alarm(50);
set_error_handler(fn ($level, $text) => throw new ErrorException($text, 0, $level));
Timer::after(100000, fn () => print("not reached\n"));
echo "last line\n";
?>
--EXPECTF--
last line

Fatal error: Uncaught ErrorException: swoole_event_rshutdown(): Event::wait() in shutdown function is deprecated in %s:%d
Stack trace:
#0 %a
  thrown in %s on line %d
