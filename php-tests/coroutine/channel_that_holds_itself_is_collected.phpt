--TEST--
Channel: one that holds itself, or what holds it, is collected
--FILE--
<?php
use Swoole\Coroutine\Channel;
use function Swoole\Coroutine\run;

class Told
{
    public ?Channel $channel = null;

    public function __construct(private string $name)
    {
    }

    public function __destruct()
    {
        echo "$this->name is gone\n";
    }
}

run(function () {
    $c = new Channel(3);
    $c->push($c);
    $c->push(new Told('a value'));
    $holder = new Told('a holder');
    $holder->channel = $c;
    $c->push([$holder]);
    $weak = WeakReference::create($c);
    unset($c, $holder);
    echo "collecting\n";
    gc_collect_cycles();
    var_dump($weak->get());
});
?>
--EXPECT--
collecting
a value is gone
a holder is gone
NULL
