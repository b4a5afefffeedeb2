--TEST--
a destructor that runs because a callback is released may exit or throw: the loop does not wait for its next event
--EXTENSIONS--
pcntl
--FILE--
<?php
use Swoole\{Event, Process, Timer};
require __DIR__ . '/../support.inc';
class Last
{
    public function __construct(private Closure $act)
    {
    }
    public function __destruct()
    {
        ($this->act)();
    }
}
$ways = ['exits' => fn () => exit(3), 'throws' => fn () => throw new DomainException('from the destructor')];
$kinds = [
    'after' => fn (Last $last) => Timer::after(1, fn () => null, $last),
    'defer' => fn (Last $last) => Event::defer(fn () => $last),
];
foreach ($ways as $way => $act) {
    foreach ($kinds as $kind => $prepare) {
        $p = new Process(function () use ($act, $prepare) {
            pcntl_alarm(50);
            Timer::after(100000, fn () => print("not reached\n"));
            $prepare(new Last($act));
            Event::wait();
            echo "not reached\n";
        }, false, 0);
        $p->start();
        echo "$kind, $way: " . ending(Process::wait()) . "\n";
    }
}
?>
--EXPECTF--
after, exits: code 3
defer, exits: code 3

Fatal error: Uncaught DomainException: from the destructor in %s:%d
Stack trace:
#0 %a
  thrown in %s on line %d
after, throws: code 255

Fatal error: Uncaught DomainException: from the destructor in %s:%d
Stack trace:
#0 %a
  thrown in %s on line %d
defer, throws: code 255
