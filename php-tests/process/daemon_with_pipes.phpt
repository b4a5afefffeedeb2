--TEST--
daemon() with $pipes: streams and descriptors take the place of 0, 1, 2 in their order; null leaves one, bad values are refused
--FILE--
<?php
use Swoole\Process;
require __DIR__ . '/../support.inc';
/** What a daemon that was made with these pipes has at 0, 1 and 2, and what it prints. */
function daemon(string $what, callable $pipes): void
{
    $files = [];
    foreach (['in', 'out', 'err'] as $name) {
        $files[$name] = tempnam(sys_get_temp_dir(), $name);
        file_put_contents($files[$name], $name === 'in' ? "a line of input\n" : '');
    }
    $p = new Process(function (Process $p) use ($files, $pipes) {
        try {
            $list = $pipes(...array_values($files));
            error_clear_last();
            $result = json_encode(@Process::daemon(true, true, $list));
            $why = error_get_last()['message'] ?? '';
        } catch (Throwable $e) {
            $result = get_class($e);
            $why = $e->getMessage();
        }
        $links = links();
        $at = fn (int $number): string => array_search($links[$number] ?? '', $files) ?: 'kept';
        $line = $at(0) === 'in' ? trim(fgets(STDIN)) : '';
        fwrite(STDOUT, $at(1) === 'kept' ? '' : "to 1\n");
        fwrite(STDERR, $at(2) === 'kept' ? '' : "to 2\n");
        $p->write("$result, {$at(0)} {$at(1)} {$at(2)}, $line $why");
        exit;
    });
    $p->start();
    echo "$what: ", $p->read();
    Process::wait();
    $p->read();
    echo json_encode([file_get_contents($files['out']), file_get_contents($files['err'])]), "\n";
    array_map('unlink', $files);
}
daemon('none', fn () => []);
daemon('streams', fn ($in, $out, $err) => [fopen($in, 'r'), fopen($out, 'w'), fopen($err, 'w')]);
daemon('one stream', fn ($in, $out, $err) => [fopen($in, 'r')]);
daemon('nulls', fn ($in, $out, $err) => [null, null, fopen($err, 'w')]);
daemon('one for two', fn ($in, $out, $err) => [null, $file = fopen($out, 'a'), $file]);
daemon('more than three', fn ($in, $out, $err) => [null, fopen($out, 'w'), fopen($err, 'w'), fopen($in, 'r'), 'nonsense']);
daemon('by order, not by key', fn ($in, $out, $err) => [2 => fopen($in, 'r'), 0 => fopen($out, 'w'), 'x' => fopen($err, 'w')]);
daemon('numbers', function ($in, $out, $err) {
    $keep = [fopen($in, 'r'), fopen($out, 'w'), fopen($err, 'w')];
    $GLOBALS['keep'] = $keep;
    $links = links();
    return array_map(fn (string $path): int => array_search($path, $links), [$in, $out, $err]);
});
daemon('a reference', function ($in, $out, $err) {
    $file = fopen($out, 'w');
    return [null, &$file];
});
foreach (['a string' => 'text', 'a float' => 1.5, 'an array' => [], 'an object' => new stdClass(), 'false' => false,
    'a negative number' => -1, 'a closed descriptor' => 9999, 'a number above 32 bits' => 0x100000001,
    'a stream without a descriptor' => fopen('php://memory', 'r'), 'another resource' => stream_context_create()] as $what => $bad) {
    daemon($what, fn () => [null, null, $bad]);
}
daemon('a closed stream', function ($in) {
    $file = fopen($in, 'r');
    fclose($file);
    return [$file];
});
?>
--EXPECT--
none: true, kept kept kept,  ["",""]
streams: true, in out err, a line of input ["to 1\n","to 2\n"]
one stream: true, in kept kept, a line of input ["",""]
nulls: true, kept kept err,  ["","to 2\n"]
one for two: true, kept out out,  ["to 1\nto 2\n",""]
more than three: true, kept out err,  ["to 1\n","to 2\n"]
by order, not by key: true, in out err, a line of input ["to 1\n","to 2\n"]
numbers: true, in out err, a line of input ["to 1\n","to 2\n"]
a reference: true, kept out kept,  ["to 1\n",""]
a string: false, kept kept kept,  Swoole\Process::daemon(): $pipes must hold streams with a descriptor, descriptors, or null["",""]
a float: false, kept kept kept,  Swoole\Process::daemon(): $pipes must hold streams with a descriptor, descriptors, or null["",""]
an array: false, kept kept kept,  Swoole\Process::daemon(): $pipes must hold streams with a descriptor, descriptors, or null["",""]
an object: false, kept kept kept,  Swoole\Process::daemon(): $pipes must hold streams with a descriptor, descriptors, or null["",""]
false: false, kept kept kept,  Swoole\Process::daemon(): $pipes must hold streams with a descriptor, descriptors, or null["",""]
a negative number: false, kept kept kept,  Swoole\Process::daemon(): $pipes must hold streams with a descriptor, descriptors, or null["",""]
a closed descriptor: false, kept kept kept,  Swoole\Process::daemon(): dup2(9999, 2) failed, Error: Bad file descriptor[9]["",""]
a number above 32 bits: false, kept kept kept,  Swoole\Process::daemon(): $pipes must hold streams with a descriptor, descriptors, or null["",""]
a stream without a descriptor: false, kept kept kept,  Swoole\Process::daemon(): $pipes must hold streams with a descriptor, descriptors, or null["",""]
another resource: false, kept kept kept,  Swoole\Process::daemon(): $pipes must hold streams with a descriptor, descriptors, or null["",""]
a closed stream: false, kept kept kept,  Swoole\Process::daemon(): $pipes must hold streams with a descriptor, descriptors, or null["",""]
