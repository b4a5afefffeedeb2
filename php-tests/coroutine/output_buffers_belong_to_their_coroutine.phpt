--TEST--
Coroutine: each has its own output buffers, whatever it waits for; what is left in them goes out at its end
--FILE--
<?php
use Swoole\Coroutine;
use Swoole\Coroutine\Channel;
use function Swoole\Coroutine\{run, go};
run(function () {
    $turns = new Channel(1);
    $done = new Channel(3);
    foreach (['a', 'b'] as $name) {
        go(function () use ($name, $turns, $done) {
            ob_start();
            ob_start(fn ($text) => strtoupper($text));
            for ($i = 0; $i < 3; $i++) {
                echo $name, $i;
                Coroutine::sleep(0.001);
            }
            ob_end_flush();
            $text = ob_get_clean();
            $done->push("$text " . ob_get_level());
        });
    }
    echo $done->pop(), "\n", $done->pop(), "\n";
    ob_start();
    echo 'outer';
    go(function () {
        echo 'printed at once ', ob_get_level(), "\n";
        ob_start();
        echo "left in a buffer\n";
    });
    $text = ob_get_clean();
    echo "$text\n";
});
ob_start();
echo 'main';
run(function () {
    echo 'in run ', ob_get_level(), "\n";
});
echo ' program';
echo strrev(ob_get_clean()), "\n";
?>
--EXPECT--
A0A1A2 0
B0B1B2 0
printed at once 0
left in a buffer
outer
in run 0
margorp niam
