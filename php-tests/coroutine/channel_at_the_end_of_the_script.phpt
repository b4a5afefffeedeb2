--TEST--
Channel: coroutines that wait at the end of the script are released; no code of theirs runs but destructors
--FILE--
<?php
use Swoole\Coroutine;
use Swoole\Coroutine\Channel;

class Gives
{
    public function __construct(private Channel $channel, private string $name)
    {
    }

    public function __destruct()
    {
        try {
            echo "$this->name: " . json_encode($this->channel->push($this->name)), "\n";
        } catch (Swoole\Error $e) {
            echo "$this->name: ", $e->getMessage(), "\n";
        }
    }
}
Coroutine::set(['enable_deadlock_check' => false]);
$c = new Channel(1);
foreach (['one', 'two', 'three'] as $name) {
    Coroutine::create(function () use ($c, $name) {
        $own = new Gives($c, $name);
        try {
            echo "not reached: " . json_encode($c->pop()), "\n";
        } finally {
            echo "not reached either\n";
        }
    });
}
echo json_encode($c->stats()), "\n";
exit(3);
?>
--EXPECT--
{"consumer_num":3,"producer_num":0,"queue_num":0}
one: API must be called in the coroutine
two: API must be called in the coroutine
three: API must be called in the coroutine
