--TEST--
Channel: the destructor of a value finds no channel that is being freed, and may use another one
--FILE--
<?php
use Swoole\Coroutine\Channel;
use function Swoole\Coroutine\run;

class Value
{
    public function __construct(private WeakReference $own, private Channel $other)
    {
    }

    public function __destruct()
    {
        var_dump($this->own->get());
        $this->other->push('from a destructor');
    }
}

run(function () {
    $other = new Channel(5);
    $c = new Channel(2);
    $c->push(new Value(WeakReference::create($c), $other));
    $c->push(new Value(WeakReference::create($c), $other));
    unset($c);
    echo $other->length(), ' ', $other->pop(), "\n";
});
?>
--EXPECT--
NULL
NULL
2 from a destructor
