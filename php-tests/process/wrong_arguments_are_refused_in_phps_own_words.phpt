--TEST--
arguments of a wrong type, too few and too many: the TypeErrors of PHP's own functions
--FILE--
<?php
use Swoole\Process;
$p = new Process(fn () => 0);
$calls = [
    [$p, '__construct'], [$p, 'setTimeout'], [$p, 'setBlocking'], [$p, 'useQueue'], [$p, 'write'], [$p, 'read'], [$p, 'close'],
    [$p, 'push'], [$p, 'pop'], [$p, 'exit'], [$p, 'exec'], [$p, 'set'], [$p, 'setPriority'], [$p, 'getPriority'], [$p, 'name'],
    [Process::class, 'wait'], [Process::class, 'kill'], [Process::class, 'daemon'], [Process::class, 'alarm'],
    [Process::class, 'setAffinity'],
];
foreach ($calls as $call) {
    $method = new ReflectionMethod(...$call);
    $good = array_map(fn (ReflectionParameter $p) => match (ltrim((string) $p->getType(), '?')) {
        'callable' => fn () => 0,
        'array' => [],
        'string' => 'x',
        default => 1,
    }, $method->getParameters());
    $bad = [[]];
    foreach ($good as $at => $value) {
        foreach ([new stdClass(), 'word', [], null, STDIN] as $wrong) {
            $fits = match (ltrim((string) $method->getParameters()[$at]->getType(), '?')) {
                'string' => is_string($wrong) || $wrong === null,
                'array' => is_array($wrong),
                'bool' => is_string($wrong) || $wrong === null,
                default => $wrong === null,
            };
            // With null PHP only says that it is deprecated, and the call would be made.
            $fits || $bad[] = array_replace($good, [$at => $wrong]);
        }
    }
    if ($method->getNumberOfRequiredParameters() === 0) {
        array_shift($bad);
    }
    $bad[] = [...$good, 1];
    foreach ($bad as $arguments) {
        try {
            $call(...$arguments);
            echo $call[1], ": accepted\n";
        } catch (TypeError $e) {
            echo get_class($e), ': ', $e->getMessage(), "\n";
        }
    }
}
foreach (['start', '__destruct'] as $method) {
    try {
        $p->$method(1);
    } catch (TypeError $e) {
        echo get_class($e), ': ', $e->getMessage(), "\n";
    }
}
?>
--EXPECT--
ArgumentCountError: Swoole\Process::__construct() expects at least 1 argument, 0 given
TypeError: Swoole\Process::__construct(): Argument #1 ($callback) must be a valid callback, no array or string given
TypeError: Swoole\Process::__construct(): Argument #1 ($callback) must be a valid callback, function "word" not found or invalid function name
TypeError: Swoole\Process::__construct(): Argument #1 ($callback) must be a valid callback, array callback must have exactly two members
TypeError: Swoole\Process::__construct(): Argument #1 ($callback) must be a valid callback, no array or string given
TypeError: Swoole\Process::__construct(): Argument #2 ($redirect_stdin_and_stdout) must be of type bool, stdClass given
TypeError: Swoole\Process::__construct(): Argument #2 ($redirect_stdin_and_stdout) must be of type bool, array given
TypeError: Swoole\Process::__construct(): Argument #2 ($redirect_stdin_and_stdout) must be of type bool, resource given
TypeError: Swoole\Process::__construct(): Argument #3 ($pipe_type) must be of type int, stdClass given
TypeError: Swoole\Process::__construct(): Argument #3 ($pipe_type) must be of type int, string given
TypeError: Swoole\Process::__construct(): Argument #3 ($pipe_type) must be of type int, array given
TypeError: Swoole\Process::__construct(): Argument #3 ($pipe_type) must be of type int, resource given
TypeError: Swoole\Process::__construct(): Argument #4 ($enable_coroutine) must be of type bool, stdClass given
TypeError: Swoole\Process::__construct(): Argument #4 ($enable_coroutine) must be of type bool, array given
TypeError: Swoole\Process::__construct(): Argument #4 ($enable_coroutine) must be of type bool, resource given
ArgumentCountError: Swoole\Process::__construct() expects at most 4 arguments, 5 given
ArgumentCountError: Swoole\Process::setTimeout() expects exactly 1 argument, 0 given
TypeError: Swoole\Process::setTimeout(): Argument #1 ($seconds) must be of type float, stdClass given
TypeError: Swoole\Process::setTimeout(): Argument #1 ($seconds) must be of type float, string given
TypeError: Swoole\Process::setTimeout(): Argument #1 ($seconds) must be of type float, array given
TypeError: Swoole\Process::setTimeout(): Argument #1 ($seconds) must be of type float, resource given
ArgumentCountError: Swoole\Process::setTimeout() expects exactly 1 argument, 2 given
ArgumentCountError: Swoole\Process::setBlocking() expects exactly 1 argument, 0 given
TypeError: Swoole\Process::setBlocking(): Argument #1 ($blocking) must be of type bool, stdClass given
TypeError: Swoole\Process::setBlocking(): Argument #1 ($blocking) must be of type bool, array given
TypeError: Swoole\Process::setBlocking(): Argument #1 ($blocking) must be of type bool, resource given
ArgumentCountError: Swoole\Process::setBlocking() expects exactly 1 argument, 2 given
TypeError: Swoole\Process::useQueue(): Argument #1 ($key) must be of type int, stdClass given
TypeError: Swoole\Process::useQueue(): Argument #1 ($key) must be of type int, string given
TypeError: Swoole\Process::useQueue(): Argument #1 ($key) must be of type int, array given
TypeError: Swoole\Process::useQueue(): Argument #1 ($key) must be of type int, resource given
TypeError: Swoole\Process::useQueue(): Argument #2 ($mode) must be of type int, stdClass given
TypeError: Swoole\Process::useQueue(): Argument #2 ($mode) must be of type int, string given
TypeError: Swoole\Process::useQueue(): Argument #2 ($mode) must be of type int, array given
TypeError: Swoole\Process::useQueue(): Argument #2 ($mode) must be of type int, resource given
TypeError: Swoole\Process::useQueue(): Argument #3 ($capacity) must be of type int, stdClass given
TypeError: Swoole\Process::useQueue(): Argument #3 ($capacity) must be of type int, string given
TypeError: Swoole\Process::useQueue(): Argument #3 ($capacity) must be of type int, array given
TypeError: Swoole\Process::useQueue(): Argument #3 ($capacity) must be of type int, resource given
ArgumentCountError: Swoole\Process::useQueue() expects at most 3 arguments, 4 given
ArgumentCountError: Swoole\Process::write() expects exactly 1 argument, 0 given
TypeError: Swoole\Process::write(): Argument #1 ($data) must be of type string, stdClass given
TypeError: Swoole\Process::write(): Argument #1 ($data) must be of type string, array given
TypeError: Swoole\Process::write(): Argument #1 ($data) must be of type string, resource given
ArgumentCountError: Swoole\Process::write() expects exactly 1 argument, 2 given
TypeError: Swoole\Process::read(): Argument #1 ($size) must be of type int, stdClass given
TypeError: Swoole\Process::read(): Argument #1 ($size) must be of type int, string given
TypeError: Swoole\Process::read(): Argument #1 ($size) must be of type int, array given
TypeError: Swoole\Process::read(): Argument #1 ($size) must be of type int, resource given
ArgumentCountError: Swoole\Process::read() expects at most 1 argument, 2 given
TypeError: Swoole\Process::close(): Argument #1 ($which) must be of type int, stdClass given
TypeError: Swoole\Process::close(): Argument #1 ($which) must be of type int, string given
TypeError: Swoole\Process::close(): Argument #1 ($which) must be of type int, array given
TypeError: Swoole\Process::close(): Argument #1 ($which) must be of type int, resource given
ArgumentCountError: Swoole\Process::close() expects at most 1 argument, 2 given
ArgumentCountError: Swoole\Process::push() expects exactly 1 argument, 0 given
TypeError: Swoole\Process::push(): Argument #1 ($data) must be of type string, stdClass given
TypeError: Swoole\Process::push(): Argument #1 ($data) must be of type string, array given
TypeError: Swoole\Process::push(): Argument #1 ($data) must be of type string, resource given
ArgumentCountError: Swoole\Process::push() expects exactly 1 argument, 2 given
TypeError: Swoole\Process::pop(): Argument #1 ($size) must be of type int, stdClass given
TypeError: Swoole\Process::pop(): Argument #1 ($size) must be of type int, string given
TypeError: Swoole\Process::pop(): Argument #1 ($size) must be of type int, array given
TypeError: Swoole\Process::pop(): Argument #1 ($size) must be of type int, resource given
ArgumentCountError: Swoole\Process::pop() expects at most 1 argument, 2 given
TypeError: Swoole\Process::exit(): Argument #1 ($exit_code) must be of type int, stdClass given
TypeError: Swoole\Process::exit(): Argument #1 ($exit_code) must be of type int, string given
TypeError: Swoole\Process::exit(): Argument #1 ($exit_code) must be of type int, array given
TypeError: Swoole\Process::exit(): Argument #1 ($exit_code) must be of type int, resource given
ArgumentCountError: Swoole\Process::exit() expects at most 1 argument, 2 given
ArgumentCountError: Swoole\Process::exec() expects exactly 2 arguments, 0 given
TypeError: Swoole\Process::exec(): Argument #1 ($exec_file) must be of type string, stdClass given
TypeError: Swoole\Process::exec(): Argument #1 ($exec_file) must be of type string, array given
TypeError: Swoole\Process::exec(): Argument #1 ($exec_file) must be of type string, resource given
TypeError: Swoole\Process::exec(): Argument #2 ($args) must be of type array, stdClass given
TypeError: Swoole\Process::exec(): Argument #2 ($args) must be of type array, string given
TypeError: Swoole\Process::exec(): Argument #2 ($args) must be of type array, null given
TypeError: Swoole\Process::exec(): Argument #2 ($args) must be of type array, resource given
ArgumentCountError: Swoole\Process::exec() expects exactly 2 arguments, 3 given
ArgumentCountError: Swoole\Process::set() expects exactly 1 argument, 0 given
TypeError: Swoole\Process::set(): Argument #1 ($settings) must be of type array, stdClass given
TypeError: Swoole\Process::set(): Argument #1 ($settings) must be of type array, string given
TypeError: Swoole\Process::set(): Argument #1 ($settings) must be of type array, null given
TypeError: Swoole\Process::set(): Argument #1 ($settings) must be of type array, resource given
ArgumentCountError: Swoole\Process::set() expects exactly 1 argument, 2 given
ArgumentCountError: Swoole\Process::setPriority() expects at least 2 arguments, 0 given
TypeError: Swoole\Process::setPriority(): Argument #1 ($which) must be of type int, stdClass given
TypeError: Swoole\Process::setPriority(): Argument #1 ($which) must be of type int, string given
TypeError: Swoole\Process::setPriority(): Argument #1 ($which) must be of type int, array given
TypeError: Swoole\Process::setPriority(): Argument #1 ($which) must be of type int, resource given
TypeError: Swoole\Process::setPriority(): Argument #2 ($priority) must be of type int, stdClass given
TypeError: Swoole\Process::setPriority(): Argument #2 ($priority) must be of type int, string given
TypeError: Swoole\Process::setPriority(): Argument #2 ($priority) must be of type int, array given
TypeError: Swoole\Process::setPriority(): Argument #2 ($priority) must be of type int, resource given
TypeError: Swoole\Process::setPriority(): Argument #3 ($who) must be of type int, stdClass given
TypeError: Swoole\Process::setPriority(): Argument #3 ($who) must be of type int, string given
TypeError: Swoole\Process::setPriority(): Argument #3 ($who) must be of type int, array given
TypeError: Swoole\Process::setPriority(): Argument #3 ($who) must be of type int, resource given
ArgumentCountError: Swoole\Process::setPriority() expects at most 3 arguments, 4 given
ArgumentCountError: Swoole\Process::getPriority() expects at least 1 argument, 0 given
TypeError: Swoole\Process::getPriority(): Argument #1 ($which) must be of type int, stdClass given
TypeError: Swoole\Process::getPriority(): Argument #1 ($which) must be of type int, string given
TypeError: Swoole\Process::getPriority(): Argument #1 ($which) must be of type int, array given
TypeError: Swoole\Process::getPriority(): Argument #1 ($which) must be of type int, resource given
TypeError: Swoole\Process::getPriority(): Argument #2 ($who) must be of type int, stdClass given
TypeError: Swoole\Process::getPriority(): Argument #2 ($who) must be of type int, string given
TypeError: Swoole\Process::getPriority(): Argument #2 ($who) must be of type int, array given
TypeError: Swoole\Process::getPriority(): Argument #2 ($who) must be of type int, resource given
ArgumentCountError: Swoole\Process::getPriority() expects at most 2 arguments, 3 given
ArgumentCountError: Swoole\Process::name() expects exactly 1 argument, 0 given
TypeError: Swoole\Process::name(): Argument #1 ($process_name) must be of type string, stdClass given
TypeError: Swoole\Process::name(): Argument #1 ($process_name) must be of type string, array given
TypeError: Swoole\Process::name(): Argument #1 ($process_name) must be of type string, resource given
ArgumentCountError: Swoole\Process::name() expects exactly 1 argument, 2 given
TypeError: Swoole\Process::wait(): Argument #1 ($blocking) must be of type bool, stdClass given
TypeError: Swoole\Process::wait(): Argument #1 ($blocking) must be of type bool, array given
TypeError: Swoole\Process::wait(): Argument #1 ($blocking) must be of type bool, resource given
ArgumentCountError: Swoole\Process::wait() expects at most 1 argument, 2 given
ArgumentCountError: Swoole\Process::kill() expects at least 1 argument, 0 given
TypeError: Swoole\Process::kill(): Argument #1 ($pid) must be of type int, stdClass given
TypeError: Swoole\Process::kill(): Argument #1 ($pid) must be of type int, string given
TypeError: Swoole\Process::kill(): Argument #1 ($pid) must be of type int, array given
TypeError: Swoole\Process::kill(): Argument #1 ($pid) must be of type int, resource given
TypeError: Swoole\Process::kill(): Argument #2 ($signal_no) must be of type int, stdClass given
TypeError: Swoole\Process::kill(): Argument #2 ($signal_no) must be of type int, string given
TypeError: Swoole\Process::kill(): Argument #2 ($signal_no) must be of type int, array given
TypeError: Swoole\Process::kill(): Argument #2 ($signal_no) must be of type int, resource given
ArgumentCountError: Swoole\Process::kill() expects at most 2 arguments, 3 given
TypeError: Swoole\Process::daemon(): Argument #1 ($nochdir) must be of type bool, stdClass given
TypeError: Swoole\Process::daemon(): Argument #1 ($nochdir) must be of type bool, array given
TypeError: Swoole\Process::daemon(): Argument #1 ($nochdir) must be of type bool, resource given
TypeError: Swoole\Process::daemon(): Argument #2 ($noclose) must be of type bool, stdClass given
TypeError: Swoole\Process::daemon(): Argument #2 ($noclose) must be of type bool, array given
TypeError: Swoole\Process::daemon(): Argument #2 ($noclose) must be of type bool, resource given
TypeError: Swoole\Process::daemon(): Argument #3 ($pipes) must be of type array, stdClass given
TypeError: Swoole\Process::daemon(): Argument #3 ($pipes) must be of type array, string given
TypeError: Swoole\Process::daemon(): Argument #3 ($pipes) must be of type array, null given
TypeError: Swoole\Process::daemon(): Argument #3 ($pipes) must be of type array, resource given
ArgumentCountError: Swoole\Process::daemon() expects at most 3 arguments, 4 given
ArgumentCountError: Swoole\Process::alarm() expects at least 1 argument, 0 given
TypeError: Swoole\Process::alarm(): Argument #1 ($usec) must be of type int, stdClass given
TypeError: Swoole\Process::alarm(): Argument #1 ($usec) must be of type int, string given
TypeError: Swoole\Process::alarm(): Argument #1 ($usec) must be of type int, array given
TypeError: Swoole\Process::alarm(): Argument #1 ($usec) must be of type int, resource given
TypeError: Swoole\Process::alarm(): Argument #2 ($type) must be of type int, stdClass given
TypeError: Swoole\Process::alarm(): Argument #2 ($type) must be of type int, string given
TypeError: Swoole\Process::alarm(): Argument #2 ($type) must be of type int, array given
TypeError: Swoole\Process::alarm(): Argument #2 ($type) must be of type int, resource given
ArgumentCountError: Swoole\Process::alarm() expects at most 2 arguments, 3 given
ArgumentCountError: Swoole\Process::setAffinity() expects exactly 1 argument, 0 given
TypeError: Swoole\Process::setAffinity(): Argument #1 ($cpu_settings) must be of type array, stdClass given
TypeError: Swoole\Process::setAffinity(): Argument #1 ($cpu_settings) must be of type array, string given
TypeError: Swoole\Process::setAffinity(): Argument #1 ($cpu_settings) must be of type array, null given
TypeError: Swoole\Process::setAffinity(): Argument #1 ($cpu_settings) must be of type array, resource given
ArgumentCountError: Swoole\Process::setAffinity() expects exactly 1 argument, 2 given
ArgumentCountError: Swoole\Process::start() expects exactly 0 arguments, 1 given
ArgumentCountError: Swoole\Process::__destruct() expects exactly 0 arguments, 1 given
