--TEST--
exec(): elements become strings as by PHP; NUL bytes are a ValueError, what cannot be converted an Error; the child goes on
--FILE--
<?php
use Swoole\Process;
require __DIR__ . '/../support.inc';
$p = new Process(function (Process $p) {
    foreach ([
        ["/bin/ec\0ho", []],
        ['/bin/echo', ['fine', "nul \0 byte"]],
        ['/bin/echo', [new stdClass()]],
        ['/bin/echo', [new class {
            public function __toString(): string
            {
                throw new Exception('from __toString');
            }
        }]],
    ] as [$file, $arguments]) {
        try {
            var_dump($p->exec($file, $arguments));
        } catch (Throwable $e) {
            echo get_class($e), ': ', $e->getMessage(), "\n";
        }
    }
    $text = 'by reference';
    $p->exec('/bin/echo', ['', 1, 1.5, true, null, [], 'key' => 'a value', &$text, "a 'quoted' \$HOME *", new class {
        public function __toString(): string
        {
            return 'stringable';
        }
    }]);
}, false, 0);
$p->start();
echo ending(Process::wait()), "\n";
?>
--EXPECTF--
ValueError: Swoole\Process::exec(): Argument #1 ($exec_file) must not contain any null bytes
ValueError: Swoole\Process::exec(): Argument #2 ($args) must not contain any null bytes
Error: Object of class stdClass could not be converted to string
Exception: from __toString

Warning: Array to string conversion in %s on line %d
 1 1.5 1  Array a value by reference a 'quoted' $HOME * stringable
code 0
