--TEST--
flock() waits while others run, and says what PHP says
--FILE--
<?php
use Swoole\Coroutine;
use function Swoole\Coroutine\{run, go};
require __DIR__ . '/hooks.inc';
require __DIR__ . '/../support.inc';
$path = place('-lock');
touch($path);
$before = count(links());
$hold = function () use ($path) {
    // The gate that overlap() opens when all have begun.
    $held = popen("exec flock -x $path sh -c 'echo held; until [ -e " . place('-gate') . " ]; do sleep 0.01; done'", 'r');
    fgets($held);
    return $held;
};
$held = $hold();
overlap('flock', function () use ($path) {
    $file = fopen($path, 'r');
    $result = [flock($file, LOCK_EX | LOCK_NB, $would_block), $would_block, flock($file, LOCK_EX, $would_block), $would_block];
    // Nobody else has it now.
    Coroutine::sleep(0.001);
    return [$result, flock($file, LOCK_UN), fclose($file)];
});
pclose($held);
$held = $hold();
overlap('file_put_contents', fn() => file_put_contents($path, 'x', LOCK_EX | FILE_APPEND));
pclose($held);
echo filesize($path), " bytes\n";
echo "-- shared\n";
run(function () use ($path) {
    $files = array_map(fn() => fopen($path, 'r'), range(1, 3));
    flock($files[0], LOCK_EX);
    foreach ([1, 2] as $i) {
        go(function () use ($files, $i) { var_dump(flock($files[$i], LOCK_SH)); });
    }
    echo "both wait\n";
    flock($files[0], LOCK_UN);
});
echo "-- cancelled\n";
run(function () use ($path) {
    $files = array_map(fn() => fopen($path, 'r'), range(1, 3));
    flock($files[0], LOCK_EX);
    $cid = go(function () use ($files) {
        var_dump(flock($files[1], LOCK_EX, $would_block), $would_block, swoole_last_error() === SWOOLE_ERROR_CO_CANCELED);
    });
    Coroutine::cancel($cid);
    flock($files[0], LOCK_UN);
    echo "free: ";
    var_dump(flock($files[2], LOCK_EX | LOCK_NB));
});
echo "-- closed\n";
run(function () use ($path) {
    $files = array_map(fn() => fopen($path, 'r'), range(1, 3));
    flock($files[0], LOCK_EX);
    go(function () use ($files) { var_dump(flock($files[1], LOCK_EX)); });
    fclose($files[1]);
    flock($files[0], LOCK_UN);
    var_dump(flock($files[2], LOCK_EX | LOCK_NB));
});
echo count(links()) - $before, " descriptors left\n";
unlink($path);
compare_calls([
    'again' => function () use ($path) { $f = fopen($path, 'w'); return [flock($f, LOCK_EX), flock($f, LOCK_EX), flock($f, LOCK_SH), flock($f, LOCK_UN), flock($f, LOCK_UN)]; },
    'would block' => function () use ($path) { $f = fopen($path, 'w'); $g = fopen($path, 'w'); return [flock($f, LOCK_EX), flock($g, LOCK_SH | LOCK_NB, $w), $w, flock($f, LOCK_UN), flock($g, LOCK_SH | LOCK_NB, $w), $w]; },
    'no operation' => function () use ($path) { $f = fopen($path, 'w'); return flock($f, 0); },
    'no file' => function () { $f = fopen('php://memory', 'w'); return flock($f, LOCK_EX); },
    'a pipe' => function () { $f = popen('true', 'r'); return [flock($f, LOCK_EX), pclose($f)]; },
    'an object' => function () use ($path) { $f = new SplFileObject($path, 'w'); return [$f->flock(LOCK_EX, $w), $w]; },
]);
unlink($path);
?>
--EXPECT--
flock: 5 begun, [[false,1,true,0],true,true]
file_put_contents: 5 begun, 1
5 bytes
-- shared
both wait
bool(true)
bool(true)
-- cancelled
bool(false)
int(0)
bool(true)
free: bool(true)
-- closed
bool(false)
bool(true)
0 descriptors left
6 calls, 0 differ
