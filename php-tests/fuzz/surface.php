<?php
// What the module offers, found by reflection: classes that are added later are covered by themselves.
declare(strict_types=1);

/** Methods that reflection of the class does not show. */
const HIDDEN = [
    'Swoole\\Process' => [
        'sendHandle', 'receiveHandle', 'send', 'receive', 'isAlive', 'join', 'terminate', 'exitStream', 'lastUsage', 'command',
        'stdio', 'readLine', 'onFork', 'exitNow', 'queues',
    ],
    'Swoole\\Coroutine\\Socket' => ['sendHandle', 'receiveHandle', 'getAlpnProtocol', 'setBlocking'],
    'Swoole\\Process\\Manager' => ['set', 'on', 'stats', 'addWorker'],
    'Swoole\\Process\\Pool' => ['stats', 'resize', 'restart', 'renewTemplate', 'consume'],
    'Swoole\\Table' => ['add', 'update', 'cmpset', 'cmpdel', 'getdel'],
];

/** A function or method that can be called. */
final class Target
{
    /** @param list<ReflectionParameter> $parameters */
    public function __construct(
        /** As reports show it: `swoole_version`, `Swoole\Event::add`, `new Swoole\Process`. */
        public readonly string $name,
        public readonly Kind $kind,
        /** The class, or '' for a function. */
        public readonly string $class,
        /** The function's or method's own name. */
        public readonly string $function,
        public readonly array $parameters,
    ) {}
}

enum Kind
{
    case Function;
    case Static;
    case Method;
    case Constructor;
}

final class Surface
{
    /** @var array<string, Target> by name */
    public readonly array $targets;
    /** @var list<string> */
    public readonly array $classes;
    /** @var list<string> constants of the module, and of its classes as Class::NAME */
    public readonly array $constants;
    /** @var array<string, list<string>> the names of properties, by class */
    public readonly array $properties;

    public function __construct(string $module)
    {
        $extension = new ReflectionExtension($module);
        $constants = array_map(fn (string $name): string => "\\$name", array_keys($extension->getConstants()));
        $classes = $properties = $targets = [];
        foreach ($extension->getFunctions() as $function) {
            $targets[] = new Target($function->name, Kind::Function, '', $function->name, $function->getParameters());
        }
        foreach ($extension->getClasses() as $class) {
            array_push($targets, ...$this->targets_of($class));
            if (!$class->isInterface()) {
                $classes[] = $class->name;
                $properties[$class->name] = array_map(fn (ReflectionProperty $p): string => $p->name, $class->getProperties());
            }
            foreach ($class->getReflectionConstants() as $constant) {
                $constants[] = "\\{$class->name}::{$constant->name}";
            }
        }
        $this->targets = array_column($targets, null, 'name');
        // Those with a second name come twice.
        $this->classes = array_values(array_unique($classes));
        $this->properties = $properties;
        $this->constants = $constants;
    }

    /** @return list<Target> what can be done with pools, and a little of what can be done with managers */
    public function of_pools(): array
    {
        $of = fn (string $class): array => array_values(array_filter($this->targets, fn (Target $target): bool => $target->class === $class));
        $pools = $of('Swoole\Process\Pool');
        return [...$pools, ...$pools, ...$of('Swoole\Process\Manager')];
    }

    /** @return list<Target> the methods that the class declares, and its construction */
    private function targets_of(ReflectionClass $class): array
    {
        $targets = [];
        if (!$class->isAbstract() && !$class->isInterface() && !$class->isEnum()) {
            $parameters = $class->getConstructor()?->getParameters() ?? [];
            $targets[] = new Target("new {$class->name}", Kind::Constructor, $class->name, '', $parameters);
        }
        foreach ($class->getMethods(ReflectionMethod::IS_PUBLIC) as $method) {
            if ($method->getDeclaringClass()->name !== $class->name || $method->isAbstract()) {
                continue;
            }
            $kind = $method->isStatic() ? Kind::Static : Kind::Method;
            $targets[] = new Target("{$class->name}::{$method->name}", $kind, $class->name, $method->name, $method->getParameters());
        }
        foreach (HIDDEN[$class->name] ?? [] as $name) {
            $method = new ReflectionFunction([$class->newInstanceWithoutConstructor(), $name](...));
            $kind = is_callable([$class->name, $name]) ? Kind::Static : Kind::Method;
            $targets[] = new Target("{$class->name}::$name", $kind, $class->name, $name, $method->getParameters());
        }
        return $targets;
    }
}
