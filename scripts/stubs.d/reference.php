<?php
// The reference pages: docs/reference/NAME.md for each file NAME.txt of stubs/texts, with a test of its examples.
declare(strict_types=1);

const GENERATED = "<!-- Generated from Reflection and stubs/texts by `make stubs`: do not edit. -->\n";

/** A cell of a table. */
function cell(string $text): string
{
    return str_replace(['|', "\n"], ['\|', ' '], $text);
}

function code(string $type): string
{
    return $type === '' ? '' : '`' . cell($type) . '`';
}

/** What stands in the signature: class names without the backslash of the root, as people write them. */
function signature(string $declaration): string
{
    return "```php signature\n" . preg_replace('/(?<!\w)\\\\(?=\w)/', '', $declaration) . "\n```\n";
}

function example(?Text $text): string
{
    if ($text?->example === null) {
        return '';
    }
    $output = $text->output === null ? '' : "\n```text\n$text->output```\n";
    return "```php\n<?php\n$text->example```\n$output";
}

/** A section about a method or function. */
function section(string $name, string $declaration, ReflectionFunctionAbstract $f, ?Text $text, bool $has_class_example): string
{
    $out = "### $name\n\n" . signature($declaration);
    if ($text === null) {
        return $out;
    }
    $out .= "\n" . trim(implode("\n", $text->description)) . "\n";
    foreach (preg_grep('/^@deprecated/', $text->tags) as $tag) {
        $out .= "\n**Deprecated:** " . substr($tag, 12) . ".\n";
    }
    if ($text->params) {
        $out .= "\n| parameter | type | |\n|---|---|---|\n";
        foreach ($f->getParameters() as $p) {
            [$type, $words] = $text->params[$p->getName()] ?? ['', ''];
            $out .= "| `\${$p->getName()}` | " . code($type !== '' ? $type : type($p->getType())) . ' | ' . cell($words) . " |\n";
        }
    }
    if ($text->return !== null && $text->return[0] !== 'void') {
        [$type, $words] = $text->return;
        $out .= "\n**Returns** " . '`' . $type . '`' . ($words === '' ? '' : ": $words") . ".\n";
    }
    if ($text->errors) {
        $out .= "\n| failure | when |\n|---|---|\n";
        foreach ($text->errors as [$result, $when]) {
            $result = str_starts_with($result, '\\') ? 'throws `' . substr($result, 1) . '`' : $result;
            $out .= '| ' . cell($result) . ' | ' . cell($when) . " |\n";
        }
    }
    if ($text->swoole) {
        $out .= "\n**Difference from Swoole:** " . implode(' ', $text->swoole) . ".\n";
    }
    if ($text->example !== null) {
        $out .= "\n" . example($text);
    } elseif ($text->see !== null) {
        $out .= "\nExample: " . link_to($text->see) . ".\n";
    } elseif ($has_class_example) {
        $out .= "\nExample: [above](#example).\n";
    }
    return $out;
}

/** A link to a method, or a function, from another page: NAME on this page, CLASS::NAME, or the name of a function. */
function link_to(string $name): string
{
    [$page, $method] = str_contains($name, '::') ? explode('::', $name) : ['', $name];
    $page = $page === '' ? '' : strtr($page, '\\', '.') . '.md';
    return "[$name]($page#" . strtolower(str_replace('\\', '', $method)) . ')';
}

function class_page(ReflectionClass $c, Text $text): string
{
    $own = shown($c);
    $out = "# $c->name\n\n" . GENERATED . "\n" . trim(implode("\n", $text->description)) . "\n";
    $head = trim(preg_replace('/^ *#\[.*\n/m', '', class_line($c)));
    $out .= "\n```text\n" . preg_replace('/(?<!\w)\\\\(?=\w)/', '', $head) . "\n```\n";
    if ($text->example !== null) {
        $out .= "\n## Example\n\n" . example($text);
    }
    $constants = array_filter($c->getReflectionConstants(), $own);
    if ($constants) {
        $out .= "\n## Constants\n\n| constant | value |\n|---|---|\n";
        foreach ($constants as $k) {
            $out .= '| `' . $c->getShortName() . "::{$k->getName()}` | " . value($k->getValue()) . " |\n";
        }
    }
    $properties = array_filter($c->getProperties(ReflectionProperty::IS_PUBLIC), $own);
    if ($properties) {
        $out .= "\n## Properties\n\n| property | type | |\n|---|---|---|\n";
        foreach ($properties as $p) {
            [$type, $words] = $text->properties[$p->getName()] ?? ['', ''];
            $out .= "| `\${$p->getName()}` | " . code($type) . ' | ' . cell($words) . " |\n";
        }
    }
    $methods = array_filter($c->getMethods(), $own);
    foreach (HIDDEN[$c->name] ?? [] as $name) {
        $methods[] = new ReflectionFunction([$c->newInstanceWithoutConstructor(), $name](...));
    }
    if ($methods) {
        $list = $sections = '';
        foreach ($methods as $m) {
            $name = $m->getName();
            $method = text_of($c->name, $m);
            $bits = $m instanceof ReflectionMethod ? modifiers($m->getModifiers())
                : 'public ' . (is_callable([$c->name, $name]) ? 'static ' : '');
            $list .= '| [' . $name . '()](#' . strtolower($name) . ') | ' . cell($method?->first_sentence() ?? '') . " |\n";
            $sections .= "\n" . section($name, declaration($m, $bits, $name), $m, $method, $text->example !== null);
        }
        $out .= "\n## Methods\n\n| method | |\n|---|---|\n$list$sections";
    }
    return $out;
}

function functions_page(ReflectionExtension $module, Text $text): string
{
    $list = $sections = '';
    foreach ($module->getFunctions() as $f) {
        $name = $f->getName();
        $entry = text_of('', $f);
        $list .= "| [$name()](#" . strtolower(str_replace('\\', '', $name)) . ') | ' . cell($entry?->first_sentence() ?? '') . " |\n";
        $sections .= "\n" . section($name, declaration($f, '', $f->getShortName()), $f, $entry, false);
    }
    return "# Functions\n\n" . GENERATED . "\n" . trim(implode("\n", $text->description)) . "\n\n| function | |\n|---|---|\n$list$sections";
}

function constants_page(ReflectionExtension $module): string
{
    $out = "# Constants\n\n" . GENERATED . "\n| constant | value | |\n|---|---|---|\n";
    foreach ($module->getConstants() as $name => $value) {
        $words = preg_replace('/^@deprecated/', '**deprecated**,', constant_text(TEXTS, $name));
        $out .= "| `$name` | " . cell(value($value)) . ' | ' . cell($words) . " |\n";
    }
    return $out;
}

/** The pages, and a test for each that has examples. */
function write_reference(string $folder, ReflectionExtension $module, array $texts): void
{
    $pages = ['constants' => constants_page($module)];
    $index = [];
    foreach ($texts as $name => $text) {
        if ($name === '') {
            $pages['functions'] = functions_page($module, $text);
        } elseif (class_exists($name) && $text->page !== 'others') {
            $pages[$text->page] = class_page(new ReflectionClass($name), $text);
            $index[] = "| [$name]($text->page.md) | {$text->first_sentence()} |\n";
        }
    }
    $others = '';
    foreach ($texts as $name => $text) {
        if ($text->page === 'others' && class_exists($name)) {
            $head = preg_replace('/(?<!\w)\\\\(?=\w)/', '', trim(preg_replace('/^ *#\[.*\n/m', '', class_line(new ReflectionClass($name)))));
            $others .= "\n## $name\n\n```text\n$head\n```\n\n" . trim(implode("\n", $text->description)) . "\n";
        }
    }
    $pages['others'] = "# Exceptions, iterators, context\n\n" . GENERATED . $others;
    sort($index);
    $pages['README'] = "# Reference\n\n" . GENERATED . "\nEvery class, method, function and constant of this extension. The guides in the"
        . " folder above explain how they work together.\n\n| class | |\n|---|---|\n" . implode('', $index)
        . "| [small classes](others.md) | exceptions, iterators, an array object |\n\n- [Functions](functions.md)\n- [Constants](constants.md)\n";
    foreach ($pages as $page => $content) {
        file_put_contents("$folder/docs/$page.md", $content);
        if (preg_match('/^```php/m', $content)) {
            file_put_contents("$folder/tests/$page.phpt", <<<TEST
                --TEST--
                the examples of docs/reference/$page.md run, and write what stands below them
                --EXTENSIONS--
                pcntl
                posix
                sockets
                --FILE--
                <?php
                require __DIR__ . '/../examples.inc';
                check_examples('docs/reference/$page.md');
                ?>
                --EXPECT--
                all are right

                TEST);
        }
    }
}
