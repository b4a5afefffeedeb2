--TEST--
Channel: to wait in a destructor that the cycle collector runs is an error, to push into a full channel too
--FILE--
<?php
use Swoole\Coroutine\Channel;
use function Swoole\Coroutine\run;

run(function () {
    $c = new Channel(1);
    $c->push('full');
    $cycle = new class ($c) {
        public $self;

        public function __construct(private Channel $channel)
        {
            $this->self = $this;
        }

        public function __destruct()
        {
            foreach ([fn () => $this->channel->push('more'), fn () => $this->channel->pop(), fn () => $this->channel->pop()] as $body) {
                try {
                    var_dump($body());
                } catch (Swoole\Error $e) {
                    echo $e->getMessage(), "\n";
                }
            }
        }
    };
    unset($cycle);
    gc_collect_cycles();
    var_dump($c->stats());
});
?>
--EXPECT--
cannot switch coroutines in the current execution context
string(4) "full"
cannot switch coroutines in the current execution context
array(3) {
  ["consumer_num"]=>
  int(0)
  ["producer_num"]=>
  int(0)
  ["queue_num"]=>
  int(0)
}
