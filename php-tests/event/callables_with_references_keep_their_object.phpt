--TEST--
A stored callable [&$object, 'method'] calls the method of the object that the variable had when it was stored
--FILE--
<?php
use Swoole\Coroutine;
use Swoole\Event;
use Swoole\Process;
use Swoole\Timer;

class Target
{
    public function __construct(private string $name)
    {
    }

    public function call(): void
    {
        // Nor does the object go while its method runs.
        $GLOBALS['target'] = null;
        $GLOBALS['called'][$this->name] = true;
        if (getmypid() !== $GLOBALS['owner']) {
            echo "called in the child: $this->name\n";
        }
    }
}

$owner = getmypid();
$target = null;
foreach (['after', 'defer', 'cycle', 'signal', 'go', 'process'] as $name) {
    $target = new Target($name);
    $callable = [1 => 'call', 0 => &$target];
    match ($name) {
        'after' => Timer::after(1, $callable),
        'defer' => Event::defer($callable),
        'cycle' => Event::cycle($callable, true),
        'signal' => Process::signal(SIGUSR1, $callable),
        'go' => Coroutine::create(fn () => Coroutine::defer($callable)),
        'process' => $process = new Process($callable, false, 0),
    };
    $target = null;
    // What is freed is used again.
    $others[] = [new Target('other'), new Target('other')];
}
$process->start();
Process::wait();
Process::kill(getmypid(), SIGUSR1);
Timer::after(1, function () {
    Event::cycle(null, true);
    Process::signal(SIGUSR1, null);
});
Event::wait();

// A batch does not check its tasks before.
Coroutine\run(function () use (&$target) {
    $target = new Target('task');
    Coroutine\batch([[&$target, 'call']]);
});
// An error handler may free the object while the other arguments are converted.
set_error_handler(function () use (&$target) {
    $target = null;
    return true;
});
$target = new Target('not called');
$process = new Process([&$target, 'call'], null);
restore_error_handler();
ini_set('display_errors', '0');
ini_set('log_errors', '0');
$process->start();
echo Process::wait()['code'], "\n";
ksort($called);
echo implode(' ', array_keys($called)), "\n";
?>
--EXPECT--
called in the child: process
255
after cycle defer go signal task
