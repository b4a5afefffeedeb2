--TEST--
SIGKILL, SIGSTOP, 0 and numbers that are no signal: a warning and false; the numbers of the C library too
--EXTENSIONS--
pcntl
--FILE--
<?php
use Swoole\Process;
set_error_handler(fn ($level, $text) => print("$text\n"));
foreach ([SIGKILL, SIGSTOP, 0, 32, 65, 127, 128, -1, PHP_INT_MAX] as $number) {
    foreach (['a handler' => fn () => null, 'SIG_IGN' => SIG_IGN, 'null' => null] as $what => $callback) {
        var_dump(Process::signal($number, $callback));
    }
}
foreach ([SIG_DFL, 2, true, 'no_such_function', []] as $callback) {
    var_dump(Process::signal(SIGUSR1, $callback));
}
?>
--EXPECT--
Swoole\Process::signal(): sigaction(9) failed, Error: Invalid argument[22]
bool(false)
Swoole\Process::signal(): sigaction(9) failed, Error: Invalid argument[22]
bool(false)
Swoole\Process::signal(): unable to find the callback of signal [9]
bool(false)
Swoole\Process::signal(): sigaction(19) failed, Error: Invalid argument[22]
bool(false)
Swoole\Process::signal(): sigaction(19) failed, Error: Invalid argument[22]
bool(false)
Swoole\Process::signal(): unable to find the callback of signal [19]
bool(false)
Swoole\Process::signal(): sigaction(0) failed, Error: Invalid argument[22]
bool(false)
Swoole\Process::signal(): sigaction(0) failed, Error: Invalid argument[22]
bool(false)
Swoole\Process::signal(): unable to find the callback of signal [0]
bool(false)
Swoole\Process::signal(): sigaction(32) failed, Error: Invalid argument[22]
bool(false)
Swoole\Process::signal(): sigaction(32) failed, Error: Invalid argument[22]
bool(false)
Swoole\Process::signal(): unable to find the callback of signal [32]
bool(false)
Swoole\Process::signal(): sigaction(65) failed, Error: Invalid argument[22]
bool(false)
Swoole\Process::signal(): sigaction(65) failed, Error: Invalid argument[22]
bool(false)
Swoole\Process::signal(): unable to find the callback of signal [65]
bool(false)
Swoole\Process::signal(): sigaction(127) failed, Error: Invalid argument[22]
bool(false)
Swoole\Process::signal(): sigaction(127) failed, Error: Invalid argument[22]
bool(false)
Swoole\Process::signal(): unable to find the callback of signal [127]
bool(false)
Swoole\Process::signal(): invalid signal number [128]
bool(false)
Swoole\Process::signal(): invalid signal number [128]
bool(false)
Swoole\Process::signal(): invalid signal number [128]
bool(false)
Swoole\Process::signal(): invalid signal number [-1]
bool(false)
Swoole\Process::signal(): invalid signal number [-1]
bool(false)
Swoole\Process::signal(): invalid signal number [-1]
bool(false)
Swoole\Process::signal(): invalid signal number [9223372036854775807]
bool(false)
Swoole\Process::signal(): invalid signal number [9223372036854775807]
bool(false)
Swoole\Process::signal(): invalid signal number [9223372036854775807]
bool(false)
Swoole\Process::signal(): function '0' is not callable
bool(false)
Swoole\Process::signal(): function '2' is not callable
bool(false)
Swoole\Process::signal(): function '1' is not callable
bool(false)
Swoole\Process::signal(): function 'no_such_function' is not callable
bool(false)
Swoole\Process::signal(): function 'Array' is not callable
bool(false)
