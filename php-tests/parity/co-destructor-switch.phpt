--TEST--
a destructor that runs because the last reference went away may wait (sleep, pop) and lets others run meanwhile; in a coroutine and at the end of one.
--FILE--
<?php
// Pins: a destructor that runs because the last reference went away may wait (sleep, pop) and lets others run meanwhile; in a coroutine and at the end of one.
// Status: undocumented, relied on by connection pools that give back or close in a destructor.
use Swoole\Coroutine;
use Swoole\Coroutine\Channel;
use function Swoole\Coroutine\{go, run};
final class Held
{
    public function __construct(private string $name, private Channel $back) {}
    public function __destruct()
    {
        echo "{$this->name} destructor starts\n";
        Coroutine::sleep(0.05);
        $this->back->push($this->name);
        echo "{$this->name} destructor ends\n";
    }
}
run(function () {
    $back = new Channel(4);
    go(function () use ($back) {
        $held = new Held('a', $back);
        $held = null;
        echo "after a\n";
        $again = new Held('b', $back);
        echo "end of the coroutine\n";
    });
    echo "others run\n";
    var_dump($back->pop(1), $back->pop(1), $back->pop(0.1));
});
echo "done\n";
--EXPECT--
a destructor starts
others run
a destructor ends
after a
end of the coroutine
b destructor starts
b destructor ends
string(1) "a"
string(1) "b"
bool(false)
done
