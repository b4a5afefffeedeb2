<?php
// Prints the declarations of the loaded module as a PHP file for editors and analysers. They come from Reflection, so
// they are what PHP sees. Doc comments come from stubs/texts. With --reference FOLDER it writes the reference pages
// from both. `make stubs` does both, `make check` compares.
declare(strict_types=1);

const MODULE = 'swoole_process';
const INDENT = '    ';
const TEXTS = __DIR__ . '/../stubs/texts';

/** What stands where no text is. */
const AS_IN_SWOOLE = 'As in Swoole ' . SWOOLE_VERSION . '.';

require __DIR__ . '/stubs.d/texts.php';
require __DIR__ . '/stubs.d/reference.php';

/** Methods that reflection of the class does not show. */
const HIDDEN = [
    'Swoole\\Process\\Manager' => ['set', 'on', 'stats', 'addWorker'],
    'Swoole\\Process\\Pool' => ['stats', 'resize', 'restart', 'renewTemplate', 'consume'],
    'Swoole\\Process' => [
        'sendHandle', 'receiveHandle', 'send', 'receive', 'isAlive', 'join', 'terminate', 'exitStream', 'lastUsage', 'command',
        'stdio', 'readLine', 'onFork', 'exitNow', 'queues',
    ],
    'Swoole\\Coroutine\\Socket' => ['sendHandle', 'receiveHandle', 'getAlpnProtocol', 'setBlocking'],
    'Swoole\\Table' => ['add', 'update', 'cmpset', 'cmpdel', 'getdel'],
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
    // A constant that PHP code names without its namespace is shown as if it were in that of the code.
    if (preg_match('/^[\w\\\\]+\\\\(\w+)$/', $shown, $m) && !defined($shown) && defined($m[1])) {
        return " = \\$m[1]";
    }
    return ' = ' . match ($shown) {
        '<default>' => 'UNKNOWN',
        'NULL' => 'null',
        default => $shown,
    };
}

function parameters(ReflectionFunctionAbstract $f): string
{
    return implode(', ', array_map(
        fn (ReflectionParameter $p): string => ltrim(type($p->getType()) . ' ') . ($p->isPassedByReference() ? '&' : '')
            . ($p->isVariadic() ? '...' : '') . '$' . $p->getName() . default_of($p),
        $f->getParameters(),
    ));
}

/** The members of a union that stand outside of brackets. */
function members(string $type): array
{
    $depth = 0;
    $members = [''];
    foreach (str_split($type) as $c) {
        $depth += str_contains('({<', $c) ? 1 : (str_contains(')}>', $c) ? -1 : 0);
        if ($c === '|' && $depth === 0) {
            $members[] = '';
        } else {
            $members[array_key_last($members)] .= $c;
        }
    }
    return $members;
}

/** What a type of a doc comment says and the declared one does not allow; '' for nothing. */
function beyond(string $type, ?ReflectionType $declared, array $templates): string
{
    $allowed = $declared === null ? ['mixed'] : preg_split('/[|?]/', type($declared), -1, PREG_SPLIT_NO_EMPTY);
    if ($declared?->allowsNull()) {
        $allowed[] = 'null';
    }
    if (in_array('mixed', $allowed, true)) {
        return '';
    }
    foreach (members($type) as $member) {
        $plain = match (true) {
            (bool) preg_match('/^\(?callable/', $member) => 'callable',
            (bool) preg_match('/^(list|array)\b/', $member) => 'array',
            (bool) preg_match('/^(-?\d+|positive-int|int<.*)$/', $member) => 'int',
            (bool) preg_match('/^(\'.*\'|non-empty-string)$/', $member) => 'string',
            $member === '$this' => 'self',
            $member === 'never' => 'void',
            // One of the two, by the value of a parameter.
            (bool) preg_match('/^\(\$\w+ is \w+ \? (.*) : (.*)\)$/', $member, $m) => 'conditional',
            default => $member,
        };
        if ($plain === 'conditional') {
            if (($wrong = beyond($m[1], $declared, $templates) ?: beyond($m[2], $declared, $templates)) !== '') {
                return $wrong;
            }
        } elseif (!in_array($plain, $allowed, true) && !in_array($member, $templates, true)
            && !(in_array($plain, ['true', 'false'], true) && in_array('bool', $allowed, true))
            && !($plain === 'int' && in_array('float', $allowed, true))) {
            return $member;
        }
    }
    return '';
}

/** A doc comment. */
function comment(array $lines, string $indent): string
{
    $lines = array_map(fn (string $line): string => str_replace('*/', '* /', $line), $lines);
    return match (count($lines)) {
        0 => '',
        1 => "$indent/** $lines[0] */\n",
        default => "$indent/**\n" . implode('', array_map(fn ($line) => rtrim("$indent * $line") . "\n", $lines)) . "$indent */\n",
    };
}

/** The text of a method or function ('' as its class); those that are missing are collected. */
function text_of(string $class, ReflectionFunctionAbstract $f): ?Text
{
    global $texts, $missing, $used;
    $text = find_text($texts, $class, $f->getName());
    $label = ltrim("$class::{$f->getName()}", ':');
    if ($text === null) {
        // Classes that are written in PHP are those of Swoole's library.
        if ($class === '' || (new ReflectionClass($class))->isInternal()) {
            $missing[] = $label;
        }
        return null;
    }
    $used["$class::{$f->getName()}"] = true;
    $templates = preg_replace('/^@template (\w+).*/', '$1', preg_grep('/^@template /', $text->tags));
    $returned = $text->return === null ? '' : beyond($text->return[0], $f->getReturnType() ?? $f->getTentativeReturnType(), $templates);
    $returned === '' || $missing[] = "$label: $returned is never returned";
    foreach ($f->getParameters() as $p) {
        $taken = beyond($text->params[$p->getName()][0] ?? 'mixed', $p->getType(), $templates);
        in_array($taken, ['', 'mixed'], true) || $missing[] = "$label: \${$p->getName()} may not be $taken";
    }
    $names = array_map(fn (ReflectionParameter $p): string => $p->getName(), $f->getParameters());
    // Functions name their parameters otherwise than the methods that they stand for, at times.
    if (count($text->params) === count($names)) {
        $text = clone $text;
        $given = array_keys($text->params);
        $text->same !== null || $given === $names || $missing[] = "$label: its parameters are \$" . implode(', $', $names);
        $text->params = array_combine($names, array_values($text->params));
    } else {
        $missing[] = "$label: its parameters are \$" . implode(', $', $names);
    }
    return $text;
}

/** What the line itself cannot say goes into a doc comment above it. */
function tags(ReflectionFunctionAbstract $f, string $class, string $indent): string
{
    $text = text_of($class, $f);
    $lines = explode("\n", $text?->words() ?? AS_IN_SWOOLE);
    $tags = [];
    foreach ($text?->tags ?? [] as $tag) {
        $tags[] = $tag;
    }
    foreach ($f->getParameters() as $p) {
        [$type, $words] = $text?->params[$p->getName()] ?? ['', ''];
        $type = $type !== '' ? $type : type($p->getType());
        if ($type !== '') {
            $tags[] = rtrim("@param $type " . ($p->isVariadic() ? '...' : '') . "\${$p->getName()} $words");
        }
    }
    if ($text?->return !== null) {
        $tags[] = rtrim("@return {$text->return[0]} {$text->return[1]}");
    }
    foreach ($text?->errors ?? [] as [$result, $when]) {
        $tags[] = str_starts_with($result, '\\') ? "@throws $result $when" : '';
    }
    if ($f->isDeprecated() && !preg_grep('/^@deprecated/', $tags)) {
        $tags[] = '@deprecated';
    }
    $f->hasTentativeReturnType() && $tags[] = '@tentative-return-type';
    $tags = array_values(array_filter($tags));
    return comment([...$lines, ...($lines && $tags ? [''] : []), ...$tags], $indent);
}

function callable_line(ReflectionFunctionAbstract $f, string $class, string $modifiers, string $name, bool $body, string $indent): string
{
    return tags($f, $class, $indent) . $indent . declaration($f, $modifiers, $name) . ($body ? " {}\n" : ";\n");
}

function declaration(ReflectionFunctionAbstract $f, string $modifiers, string $name): string
{
    $returns = type($f->getReturnType() ?? $f->getTentativeReturnType());
    return $modifiers . 'function ' . ($f->returnsReference() ? '&' : '') . $name
        . '(' . parameters($f) . ')' . ($returns === '' ? '' : ": $returns");
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
    global $texts;
    $text = $texts[$c->name] ?? null;
    $lines = explode("\n", $text?->words() ?? AS_IN_SWOOLE);
    $tags = [];
    foreach ($text->tags ?? [] as $tag) {
        if (preg_match('/^@type (\w+) (.*)$/', $tag, $m)) {
            array_push($tags, "@phpstan-type $m[1] $m[2]", "@psalm-type $m[1] = $m[2]");
        } else {
            $tags[] = $tag;
        }
    }
    return comment([...$lines, ...($lines && $tags ? [''] : []), ...$tags], INDENT) . class_line($c);
}

function class_line(ReflectionClass $c): string
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

/** Whether a member belongs to a class itself. What is private or internal in a class that is written in PHP does not count. */
function shown(ReflectionClass $c): Closure
{
    return fn ($member): bool => $member->getDeclaringClass()->getName() === $c->getName()
        && ($c->isInternal() || !$member->isPrivate() && !str_contains((string) $member->getDocComment(), '@internal'));
}

function class_text(ReflectionClass $c): string
{
    global $texts;
    $indent = INDENT . INDENT;
    $own = shown($c);
    $constants = $properties = $methods = '';
    foreach (array_filter($c->getReflectionConstants(), $own) as $k) {
        $type = method_exists($k, 'getType') ? ltrim(type($k->getType()) . ' ') : '';
        $constants .= $indent . modifiers($k->getModifiers()) . "const $type{$k->getName()} = " . value($k->getValue()) . ";\n";
    }
    foreach (array_filter($c->getProperties(), $own) as $p) {
        $silent = !$p->hasDefaultValue() || (!$p->hasType() && $p->getDefaultValue() === null);
        // A module may declare what a PHP file may not: readonly without a type, or with a default.
        $bits = $p->getModifiers();
        [$documented, $words] = $texts[$c->name]->properties[$p->getName()] ?? ['', ''];
        $tags = $documented === '' ? [] : [rtrim("@var $documented $words")];
        if ($p->isReadOnly() && (!$p->hasType() || !$silent)) {
            $tags[] = '@readonly';
            $bits &= ~ReflectionProperty::IS_READONLY;
        }
        $properties .= comment($tags, $indent) . $indent . modifiers($bits) . ltrim(type($p->getType()) . ' ') . "\${$p->getName()}"
            . ($silent ? '' : ' = ' . value($p->getDefaultValue())) . ";\n";
    }
    foreach (array_filter($c->getMethods(), $own) as $m) {
        $abstract = $m->isAbstract();
        $bits = $m->getModifiers() & ~($c->isInterface() ? ReflectionMethod::IS_ABSTRACT : 0);
        $methods .= callable_line($m, $c->name, modifiers($bits), $m->getName(), !$abstract, $indent);
    }
    foreach (HIDDEN[$c->name] ?? [] as $name) {
        $m = new ReflectionFunction([$c->newInstanceWithoutConstructor(), $name](...));
        $static = is_callable([$c->name, $name]) ? 'static ' : '';
        $methods .= callable_line($m, $c->name, "public $static", $name, true, $indent);
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

$texts = read_texts(TEXTS);
$missing = $used = [];
$module = new ReflectionExtension(MODULE);
$parts = [];   // namespace => kind => name => text; the kinds stand in this order
$add = function (string $name, int $kind, string $text) use (&$parts): void {
    $parts[split_name($name)[0]][$kind][strtolower($name)] = $text;
};
foreach ($module->getConstants() as $name => $value) {
    $words = constant_text(TEXTS, $name);
    $add($name, 0, comment($words === '' ? [] : [$words], INDENT) . INDENT . 'const ' . split_name($name)[1] . ' = ' . value($value) . ";\n");
}
foreach ($module->getFunctions() as $f) {
    $add($f->getName(), 1, callable_line($f, '', '', $f->getShortName(), true, INDENT));
}
/** The classes that are written in PHP, each in a file of its own. @return list<ReflectionClass> */
$library = function (): array {
    $found = [];
    $folder = __DIR__ . '/../src/php/library';
    foreach ([...glob("$folder/*.php"), ...glob("$folder/*/*.php")] as $file) {
        $code = file_get_contents($file);
        preg_match('/^namespace (.+);$/m', $code, $namespace);
        preg_match('/^(?:abstract |final )?class (\w+)/m', $code, $name);
        $class = new ReflectionClass(ltrim(($namespace[1] ?? '') . "\\$name[1]", '\\'));
        if (!str_contains((string) $class->getDocComment(), '@internal')) {
            $found[] = $class;
        }
    }
    return $found;
};
foreach ($library() as $c) {
    $add($c->getName(), 2, class_text($c));
}
foreach ($module->getClasses() as $key => $c) {
    if (strcasecmp((string) $key, $c->getName()) === 0) {
        $add($c->getName(), 2, class_text($c));
    } else {   // the engine keeps an alias under its name in lower case
        $parts[''][3][$key] = INDENT . 'class_alias(\\' . $c->getName() . "::class, '$key');\n";
    }
}

foreach ($texts as $class => $text) {
    foreach ($text->methods as $name => $_) {
        isset($used["$class::$name"]) || $missing[] = ltrim("$class::$name: there is no such thing", ':');
    }
}
foreach ($missing as $line) {
    fwrite(STDERR, "stubs/texts: $line\n");
}
if (($argv[1] ?? '') === '--reference') {
    write_reference($argv[2], $module, $texts);
    exit($missing ? 3 : 0);
}

echo "<?php\n\n// Generated from Reflection and stubs/texts by `make stubs`: do not edit.\n";
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
exit($missing ? 3 : 0);
