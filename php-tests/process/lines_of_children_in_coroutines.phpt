--TEST--
readLine() in coroutines: others run meanwhile, time limits, cancellation, both outputs at once, with and without hooks
--FILE--
<?php
use Swoole\Coroutine;
use Swoole\Coroutine\Channel;
use Swoole\Process;
require __DIR__ . '/../support.inc';
foreach ([0, SWOOLE_HOOK_ALL] as $hooks) {
    Coroutine::set(['hook_flags' => $hooks]);
    Coroutine\run(function () {
        $told = new Channel(10);
        $p = Process::command(['sh', '-c', 'while read x; do echo "out $x"; echo "err $x" >&2; done'], ['stdin' => 'pipe', 'stdout' => 'pipe', 'stderr' => 'pipe']);
        foreach ([1, 2] as $which) {
            go(function () use ($p, $which, $told) {
                while (($line = $p->readLine($which)) !== '') {
                    $told->push($line);
                }
                $told->push("end $which\n");
            });
        }
        echo "both wait\n";
        foreach (['a', 'b'] as $word) {
            fwrite($p->stdio(0), "$word\n");
            $lines = [$told->pop(), $told->pop()];
            sort($lines);
            echo implode('', $lines);
        }
        fclose($p->stdio(0));
        $lines = [$told->pop(), $told->pop()];
        sort($lines);
        echo implode('', $lines), ending($p->join()), "\n";

        $p = Process::command(['cat'], ['stdin' => 'pipe', 'stdout' => 'pipe']);
        var_dump($p->readLine(1, 0.01), swoole_last_error());
        $cid = go(fn () => $told->push($p->readLine()));
        Coroutine::cancel($cid);
        var_dump($told->pop(), swoole_last_error());
        fwrite($p->stdio(0), 'no end');
        fclose($p->stdio(0));
        var_dump($p->readLine(1, 60), $p->readLine());
        echo ending($p->join(60)), "\n";
    });
}
?>
--EXPECT--
both wait
err a
out a
err b
out b
end 1
end 2
code 0
bool(false)
int(110)
bool(false)
int(10017)
string(6) "no end"
string(0) ""
code 0
both wait
err a
out a
err b
out b
end 1
end 2
code 0
bool(false)
int(110)
bool(false)
int(10017)
string(6) "no end"
string(0) ""
code 0
