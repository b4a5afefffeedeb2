--TEST--
a subclass may declare methods of all names that a class has beyond Swoole, with parameters, types and visibility of its own
--FILE--
<?php
use Swoole\Process\{Manager, Pool};

require __DIR__ . '/../fuzz/surface.php';

foreach (HIDDEN as $class => $names) {
    $own = array_map(fn (string $name): string => "private static function $name(int \$a, int ...\$b): never {}", $names);
    eval('class Own' . strtr($class, '\\', '_') . " extends $class { " . implode(' ', $own) . ' }');
    $visible = array_filter($names, (new ReflectionClass($class))->hasMethod(...));
    echo $class, ': ', implode(' ', $visible) ?: 'none is visible', "\n";
}

class OwnPool extends Pool
{
    public function stats(): array
    {
        return ['own' => parent::stats()['state']];
    }
}
class OwnManager extends Manager
{
    public array $own = [];

    public function set(array $settings): static
    {
        $this->own = $settings;
        return parent::set($settings);
    }
}
echo json_encode([(new OwnPool(1))->stats(), (new OwnManager())->set(['max_wait_time' => 1])->own]), "\n";
?>
--EXPECT--
Swoole\Process: none is visible
Swoole\Coroutine\Socket: none is visible
Swoole\Process\Manager: none is visible
Swoole\Process\Pool: none is visible
Swoole\Table: none is visible
[{"own":"stopped"},{"max_wait_time":1}]
