--TEST--
a coroutine that nobody will ever resume: the loop ends and the deadlock message is printed; the exit status is 0.
--FILE--
<?php
// Pins: a coroutine that nobody will ever resume: the loop ends and the deadlock message is printed; the exit status is 0.
// Status: documented; the text is accidental.
use Swoole\Coroutine;
use Swoole\Coroutine\Channel;
use function Swoole\Coroutine\{run, go};
run(function () {
    go(function () {
        $c = new Channel(1);
        echo "waits for ever\n";
        $c->pop();
        echo "not reached\n";
    });
    Coroutine::sleep(0.01);
    echo "main coroutine ends\n";
});
echo "after run\n";
--EXPECTF--
waits for ever
main coroutine ends

 =================================================================
  [FATAL ERROR]: all coroutines (count: 1) are asleep - deadlock!
 =================================================================

  [Coroutine-2]
 -----------------------------------------------------------------
%A
 =================================================================
after run
