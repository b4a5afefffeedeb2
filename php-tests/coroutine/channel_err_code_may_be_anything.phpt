--TEST--
Channel: errCode may hold a reference or an object of the script; the next call replaces it
--FILE--
<?php
use Swoole\Coroutine\Channel;
use function Swoole\Coroutine\run;

class Told
{
    public function __destruct()
    {
        echo "released\n";
    }
}

run(function () {
    $c = new Channel(2);
    $reference = &$c->errCode;
    $reference = 'mine';
    $c->push(1);
    var_dump($reference);
    unset($reference);
    $c->errCode = new Told();
    $c->push(2);
    echo "pushed\n";
    $c->errCode = new Told();
    $c->pop(0.001);
    var_dump($c->errCode);
});
?>
--EXPECT--
int(0)
released
pushed
released
int(0)
