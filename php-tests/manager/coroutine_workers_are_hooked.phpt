--TEST--
a coroutine worker of a manager runs as by run(): everything is hooked unless an option says otherwise
--FILE--
<?php
use Swoole\{Coroutine, Runtime};
use Swoole\Process\{Manager, Pool};
require __DIR__ . '/../pool/support.inc';
foreach (['by default' => null, 'by an option' => 0] as $name => $flags) {
    if ($flags !== null) {
        Coroutine::set(['hook_flags' => $flags]);
    }
    $wire = new Wire();
    $manager = new Manager();
    $manager->add(fn () => $wire->tell('plain', Runtime::getHookFlags() & SWOOLE_HOOK_SLEEP) ?? sleep(100));
    $manager->add(function (Pool $pool) use ($wire) {
        Coroutine::create(fn () => usleep(1000) ?? $wire->tell('slept'));
        $wire->tell('coroutine', Runtime::getHookFlags() & SWOOLE_HOOK_SLEEP);
        Coroutine::sleep(0.01);
        $pool->shutdown();
        Coroutine::sleep(100);
    }, true);
    $manager->start();
    $lines = $wire->hearAll();
    echo "$name: ", implode(', ', array_values(array_filter($lines, fn ($line) => $line !== 'plain 0'))), "\n";
}
?>
--EXPECT--
by default: coroutine 512, slept
by an option: slept, coroutine 0
