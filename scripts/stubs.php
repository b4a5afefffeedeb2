<?php
// Prints, as a PHP file for editors and analysers, what the loaded module declares. The source is Reflection: what
// stands here is what PHP sees. `make stubs` writes it, `make check` compares it.
declare(strict_types=1);

const MODULE = 'swoole_process';
const INDENT = '    ';

/** What is not in Swoole and has a type that PHP has no name for. */
const NOTES = [
    'Swoole\dup' => 'Not in Swoole. @param resource|\Socket|\Swoole\Coroutine\Socket|int $handle'
        . ' @return resource|\Socket|\Swoole\Coroutine\Socket|false',
    'sendHandle' => 'Not in Swoole. @param resource|\Socket|\Swoole\Coroutine\Socket|int $handle',
    'getAlpnProtocol' => 'Not in Swoole.',
    'receiveHandle' => 'Not in Swoole. @param-out string $data @return resource|false',
];

/** Methods that reflection of the class does not show. */
const HIDDEN = [
    'Swoole\\Process' => ['sendHandle', 'receiveHandle'],
    'Swoole\\Coroutine\\Socket' => ['getAlpnProtocol'],
];

extension_loaded(MODULE) || exit(MODULE . " is not loaded\n");

/** Class names are written from the root, whatever namespace they stand in. */
function type(?ReflectionType $type): string
{
    if ($type instanceof ReflectionNamedType) {
        $name = $type->getName();
        $rooted = $type->isBuiltin() || in_array($name, ['self', 'static', 'parent'], true) ? $name : "\\$name";
        return $type->allowsNull() && !in_array($name, ['mixed', 'null'], true) ? "?$rooted" : $rooted;
    }
    if ($type instanceof ReflectionUnionType) {
        return implode('|', array_map(
            fn (ReflectionType $t): string => $t instanceof ReflectionIntersectionType ? '(' . type($t) . ')' : type($t),
            $type->getTypes(),
        ));
    }
    return $type instanceof ReflectionIntersectionType ? implode('&', array_map(type(...), $type->getTypes())) : '';
}

function value(mixed $value): string
{
    if (is_array($value)) {
        $list = array_is_list($value);
        $items = array_map(
            fn ($k, $v): string => $list ? value($v) : value($k) . ' => ' . value($v),
            array_keys($value),
            $value,
        );
        return '[' . implode(', ', $items) . ']';
    }
    if (is_string($value) && preg_match('/[\x00-\x1f\x7f]/', $value)) {
        return '"' . addcslashes($value, "\0..\37\177\"\\\$") . '"';
    }
    return match ($value) {
        null => 'null',
        PHP_INT_MIN => 'PHP_INT_MIN',
        default => is_bool($value) ? ($value ? 'true' : 'false') : var_export($value, true),
    };
}

/** The default as it was registered, so that a constant keeps its name; UNKNOWN, as in PHP's own stubs, for none. */
function default_of(ReflectionParameter $p): string
{
    if (!$p->isOptional() || $p->isVariadic()) {
        return '';
    }
    $shown = preg_match('/<optional>.* &?\$\w+ = (.*) \]$/s', (string) $p, $m) ? $m[1] : '<default>';
    return ' = ' . ($shown === '<default>' ? 'UNKNOWN' : $shown);
}

function parameters(ReflectionFunctionAbstract $f): string
{
    return implode(', ', array_map(
        fn (ReflectionParameter $p): string => ltrim(type($p->getType()) . ' ') . ($p->isPassedByReference() ? '&' : '')
            . ($p->isVariadic() ? '...' : '') . '$' . $p->getName() . default_of($p),
        $f->getParameters(),
    ));
}

/** What the line itself cannot say goes into a doc comment above it. */
function tags(ReflectionFunctionAbstract $f, string $indent): string
{
    $tags = array_filter([
        trim((string) $f->getDocComment(), "/* \n"),
        NOTES[$f->getName()] ?? '',
        $f->isDeprecated() ? '@deprecated' : '',
        $f->hasTentativeReturnType() ? '@tentative-return-type' : '',
    ]);
    return $tags ? "$indent/** " . implode(' ', $tags) . " */\n" : '';
}

function callable_line(ReflectionFunctionAbstract $f, string $modifiers, string $name, bool $body, string $indent): string
{
    $returns = type($f->getReturnType() ?? $f->getTentativeReturnType());
    return tags($f, $indent) . $indent . $modifiers . 'function ' . ($f->returnsReference() ? '&' : '') . $name
        . '(' . parameters($f) . ')' . ($returns === '' ? '' : ": $returns") . ($body ? " {}\n" : ";\n");
}

function modifiers(int $bits): string
{
    return implode('', array_map(fn (string $m): string => "$m ", Reflection::getModifierNames($bits)));
}

/** The interfaces that the class itself names: not those that come with its parent or with another interface. */
function own_interfaces(ReflectionClass $c): array
{
    $names = $c->getInterfaceNames();
    $come_along = $c->getParentClass() ? $c->getParentClass()->getInterfaceNames() : [];
    foreach ($c->getInterfaces() as $i) {
        array_push($come_along, ...$i->getInterfaceNames());
    }
    return array_map(fn (string $n): string => "\\$n", array_values(array_diff($names, $come_along)));
}

function class_head(ReflectionClass $c): string
{
    $interfaces = own_interfaces($c);
    $attributes = implode('', array_map(
        fn (ReflectionAttribute $a): string => INDENT . "#[\\{$a->getName()}]\n",
        $c->getAttributes(),
    ));
    if ($c->isInterface()) {
        return $attributes . INDENT . 'interface ' . $c->getShortName()
            . ($interfaces ? ' extends ' . implode(', ', $interfaces) : '');
    }
    $parent = $c->getParentClass();
    return $attributes . INDENT . modifiers($c->getModifiers() & ~ReflectionClass::IS_IMPLICIT_ABSTRACT)
        . ($c->isTrait() ? 'trait ' : 'class ') . $c->getShortName()
        . ($parent ? " extends \\{$parent->getName()}" : '')
        . ($interfaces ? ' implements ' . implode(', ', $interfaces) : '');
}

function class_text(ReflectionClass $c): string
{
    $indent = INDENT . INDENT;
    $own = fn ($member): bool => $member->getDeclaringClass()->getName() === $c->getName();
    $constants = $properties = $methods = '';
    foreach (array_filter($c->getReflectionConstants(), $own) as $k) {
        $type = method_exists($k, 'getType') ? ltrim(type($k->getType()) . ' ') : '';
        $constants .= $indent . modifiers($k->getModifiers()) . "const $type{$k->getName()} = " . value($k->getValue()) . ";\n";
    }
    foreach (array_filter($c->getProperties(), $own) as $p) {
        $silent = !$p->hasDefaultValue() || (!$p->hasType() && $p->getDefaultValue() === null);
        // A module may declare what a PHP file may not: readonly without a type, or with a default.
        $bits = $p->getModifiers();
        if ($p->isReadOnly() && (!$p->hasType() || !$silent)) {
            $properties .= "$indent/** @readonly */\n";
            $bits &= ~ReflectionProperty::IS_READONLY;
        }
        $properties .= $indent . modifiers($bits) . ltrim(type($p->getType()) . ' ') . "\${$p->getName()}"
            . ($silent ? '' : ' = ' . value($p->getDefaultValue())) . ";\n";
    }
    foreach (array_filter($c->getMethods(), $own) as $m) {
        $abstract = $m->isAbstract();
        $bits = $m->getModifiers() & ~($c->isInterface() ? ReflectionMethod::IS_ABSTRACT : 0);
        $methods .= callable_line($m, modifiers($bits), $m->getName(), !$abstract, $indent);
    }
    foreach (HIDDEN[$c->name] ?? [] as $name) {
        $m = new ReflectionFunction([$c->newInstanceWithoutConstructor(), $name](...));
        $methods .= callable_line($m, 'public ', $name, true, $indent);
    }
    $body = implode("\n", array_filter([$constants, $properties, $methods]));
    return class_head($c) . "\n" . INDENT . "{\n$body" . INDENT . "}\n";
}

/** The namespace and the last part of a name. */
function split_name(string $name): array
{
    $at = strrpos($name, '\\');
    return $at === false ? ['', $name] : [substr($name, 0, $at), substr($name, $at + 1)];
}

$module = new ReflectionExtension(MODULE);
$parts = [];   // namespace => kind => name => text; the kinds stand in this order
$add = function (string $name, int $kind, string $text) use (&$parts): void {
    $parts[split_name($name)[0]][$kind][strtolower($name)] = $text;
};
foreach ($module->getConstants() as $name => $value) {
    $add($name, 0, INDENT . 'const ' . split_name($name)[1] . ' = ' . value($value) . ";\n");
}
foreach ($module->getFunctions() as $f) {
    $add($f->getName(), 1, callable_line($f, '', $f->getShortName(), true, INDENT));
}
foreach ($module->getClasses() as $key => $c) {
    if (strcasecmp((string) $key, $c->getName()) === 0) {
        $add($c->getName(), 2, class_text($c));
    } else {   // the engine keeps an alias under its name in lower case
        $parts[''][3][$key] = INDENT . 'class_alias(\\' . $c->getName() . "::class, '$key');\n";
    }
}

echo "<?php\n\n// Generated from Reflection by `make stubs`: do not edit.\n";
ksort($parts);
foreach ($parts as $namespace => $kinds) {
    ksort($kinds);
    $blocks = [];
    foreach ($kinds as $kind => $texts) {
        ksort($texts);
        $blocks[] = implode($kind === 2 ? "\n" : '', $texts);
    }
    echo "\nnamespace ", $namespace === '' ? '' : "$namespace ", "{\n", implode("\n", $blocks), "}\n";
}
