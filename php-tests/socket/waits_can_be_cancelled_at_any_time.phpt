--TEST--
a thousand waits that are cancelled, time out, are answered or closed in turn: each ends once, and for its own reason
--FILE--
<?php
use Swoole\Coroutine;
use function Swoole\Coroutine\{go, run};
require __DIR__ . '/../support.inc';
$before = links();
run(function () {
    $seen = [];
    for ($i = 0; $i < 1000; $i++) {
        [$a, $b] = swoole_coroutine_socketpair(AF_UNIX, SOCK_STREAM, 0);
        $cid = go(function () use ($a, $i, &$seen) {
            try {
                $result = $a->recv(10, $i % 6 === 3 ? 0.001 : -1);
                $seen[] = "$i " . ($i % 6) . ' ' . json_encode([$result, $a->errCode]);
            } catch (Swoole\Coroutine\CanceledException) {
                $seen[] = "$i " . ($i % 6) . ' exception';
            }
        });
        match ($i % 6) {
            0 => $a->cancel(),
            1 => Coroutine::cancel($cid),
            2 => Coroutine::cancel($cid, true),
            3 => Coroutine::sleep(0.002),
            4 => $b->send('x'),
            5 => $a->close(),
        };
        // A second one finds nobody, unless it is about to be told that something came.
        $i % 6 === 4 ? Coroutine::sleep(0.001) : $a->cancel();
    }
    echo count($seen), ' ', count(array_unique($seen)), "\n";
    echo implode("\n", array_unique(array_map(fn ($line) => strstr($line, ' '), $seen))), "\n";
});
var_dump(count(links()) === count($before));
?>
--EXPECT--
1000 1000
 0 [false,125]
 1 [false,125]
 2 exception
 3 [false,110]
 4 ["x",0]
 5 [false,125]
bool(true)
