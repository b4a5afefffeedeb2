--TEST--
calls nested too deep in a coroutine end the process, or throw where PHP knows the limit; no other stack is overwritten
--SKIPIF--
<?php
// With fewer mappings there are not as many stacks.
if ((int) file_get_contents('/proc/sys/vm/max_map_count') < 20000) die('skip needs room for many stacks');
?>
--FILE--
<?php
require __DIR__ . '/../support.inc';

// More than have guard pages where there is another way.
$count = intdiv((int) file_get_contents('/proc/sys/vm/max_map_count'), 8) + 60;
$script = <<<'END'
<?php
use Swoole\Coroutine;
final class Nested implements JsonSerializable
{
    public ?Nested $inner = null;
    public function __construct(private int $left) {}
    public function jsonSerialize(): mixed { return $this->left === 0 ? 0 : json_decode(json_encode(new self($this->left - 1))); }
    public function __destruct() { if ($this->left > 0) { new self($this->left - 1); } }
}
const DEEP = [
    'array_map' => 'map', 'usort' => 'sort', 'preg_replace_callback' => 'replace', 'json_encode' => 'encode', 'destructors' => 'destroy',
];
function map(int $n): int { return $n === 0 ? 0 : array_map(fn () => map($n - 1), [1])[0] + 1; }
function sort_deep(int $n): int { $list = [1, 2]; $n > 0 && usort($list, fn () => sort_deep($n - 1)); return 0; }
function replace(int $n): string { return $n === 0 ? '' : preg_replace_callback('/a/', fn () => replace($n - 1), 'a'); }
function encode(int $n): string { return json_encode(new Nested($n)); }
function destroy(int $n): int { new Nested($n); return 0; }
ini_set('memory_limit', '-1');
[, $count, $what] = $argv;
Coroutine::set(['max_coroutine' => $count + 10, 'c_stack_size' => 262144]);
// Before those above have guards, and after them; the lowest stack of all has nothing below it.
$cid = 0;
for ($i = 1; $i <= $count; $i++) {
    Coroutine::create(fn () => Coroutine::yield());
    if ($i === $count - 50) {
        $cid = Coroutine::create(function () use ($what): void {
            Coroutine::yield();
            try {
                ($what === 'usort' ? 'sort_deep' : DEEP[$what])(1500);
            } catch (Error $e) {
                echo $e::class, ': ', substr($e->getMessage(), 0, 23), "\n";
                posix_kill(getmypid(), SIGKILL);
            }
            Coroutine::yield();
        });
    }
}
Coroutine::resume($cid);
echo "came back\n";
END;
$file = sys_get_temp_dir() . '/deep-' . getmypid() . '.php';
file_put_contents($file, $script);
foreach (['array_map', 'usort', 'preg_replace_callback', 'json_encode', 'destructors'] as $what) {
    // Signals that end it are meant: no core.
    $command = implode(' ', array_map('escapeshellarg', [...php_command(), $file, (string) $count, $what]));
    exec("ulimit -c 0; exec $command 2>&1", $lines, $status);
    $text = trim(implode("\n", $lines));
    $lines = [];
    $ends = match (true) {
        $status === 139, $status === 11 => true,
        $status === 255 => str_contains($text, 'Maximum stack size'),
        default => $text === 'Error: Maximum call stack size',
    };
    echo "$what: ", $ends && !str_contains($text, 'came back') ? 'never comes back' : "$status $text", "\n";
}
unlink($file);
?>
--EXPECT--
array_map: never comes back
usort: never comes back
preg_replace_callback: never comes back
json_encode: never comes back
destructors: never comes back
