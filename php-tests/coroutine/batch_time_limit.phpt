--TEST--
batch(): what is not done in time is null, and ends later without a trace; a cancelled wait too
--FILE--
<?php
use Swoole\Coroutine;
use function Swoole\Coroutine\{run, go, batch, map};

class Result
{
    public function __destruct()
    {
        echo "a late result is released\n";
    }
}

run(function () {
    // Whatever the time limit, it is over before anybody sends.
    $gate = new Coroutine\Channel();
    $late = function () use ($gate) {
        $gate->pop();
        echo "late\n";
        return new Result();
    };
    var_dump(batch(['late' => $late, 'soon' => fn () => 'soon'], 0.001));
    echo json_encode(map([1], $late, 0.001)), "\n";
    $gate->push('go');
    $gate->push('go');
    $cid = go(function () use ($late) {
        echo json_encode([batch([$late]), Coroutine::isCanceled()]), "\n";
    });
    Coroutine::cancel($cid);
    $cid = go(function () use ($late) {
        try {
            batch([$late]);
        } catch (Coroutine\CanceledException $e) {
            echo get_class($e), "\n";
        }
    });
    Coroutine::cancel($cid, true);
    $gate->push('go');
    $gate->push('go');
});
echo "end\n";
?>
--EXPECT--
array(2) {
  ["late"]=>
  NULL
  ["soon"]=>
  string(4) "soon"
}
[null]
late
a late result is released
late
a late result is released
[[null],true]
Swoole\Coroutine\CanceledException
late
a late result is released
late
a late result is released
end
