--TEST--
statvfs(), readFile() and writeFile() of an empty path.
--FILE--
<?php
// Pins: statvfs(), readFile() and writeFile() of an empty path.
// Status: accidental.
use Swoole\Coroutine\System;
use function Swoole\Coroutine\run;
run(function () {
    foreach (['statvfs' => [''], 'readFile' => [''], 'writeFile' => ['', 'x']] as $f => $args) {
        try {
            echo json_encode([$f, @System::$f(...$args)]), "\n";
        } catch (ValueError $e) {
            echo json_encode([$f, get_class($e), $e->getMessage()]), "\n";
        }
    }
});
--EXPECT--
["statvfs","ValueError","Path cannot be empty"]
["readFile","ValueError","Filename cannot be empty"]
["writeFile","ValueError","Filename cannot be empty"]
