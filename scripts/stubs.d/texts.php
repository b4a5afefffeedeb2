<?php
// The texts of stubs/texts: what Reflection cannot tell about classes, methods, functions and constants.
//
// A file NAME.txt is about one class, whose name has dots for backslashes, or about several that begin with `# NAME`.
// `## NAME` begins a method; in functions.txt a function. A description comes first, then lines of these kinds:
//
//   @param TYPE $name text      @return TYPE text       as in a doc block; a list is as in Reflection
//   @error RESULT: when         RESULT is a value that is returned, or a class that is thrown
//   @swoole text                the difference from Swoole
//   @see NAME                   whose example serves as well
//   @same NAME                  all the texts of another method: NAME, CLASS (the same name there) or CLASS::NAME
//   @example                    until the end: a program without <?php; below a line --- its output
//   @property, @type, others    go into the doc block of the class
declare(strict_types=1);

final class Text
{
    /** @var list<string> */ public array $description = [];
    /** @var array<string, array{string, string}> */ public array $params = [];
    /** @var array{string, string}|null */ public ?array $return = null;
    /** @var list<array{string, string}> */ public array $errors = [];
    /** @var list<string> */ public array $swoole = [];
    /** @var array<string, array{string, string}> */ public array $properties = [];
    /** @var list<string> */ public array $tags = [];
    public ?string $see = null;
    public ?string $example = null;
    public ?string $output = null;
    /** @var array<string, Text> */ public array $methods = [];
    public string $page = '';
    /** Whose texts these are. */
    public ?string $same = null;

    /** The description in one line, without links. */
    public function words(): string
    {
        return preg_replace('/\[([^\]]+)\]\([^)]+\)/', '$1', trim(implode("\n", $this->description)));
    }

    public function first_sentence(): string
    {
        return preg_match('/^.*?[.:](?=\s|$)/s', $this->words(), $m) ? rtrim($m[0], ':') : $this->words();
    }
}

/** A type and what follows it: the type ends at a blank outside of brackets that does not follow a colon. */
function split_type(string $line): array
{
    $depth = 0;
    for ($n = 0; $n < strlen($line); $n++) {
        $depth += match ($line[$n]) {
            '(', '{', '<' => 1,
            ')', '}', '>' => -1,
            default => 0,
        };
        if ($line[$n] === ' ' && $depth === 0 && $line[$n - 1] !== ':') {
            break;
        }
    }
    return [substr($line, 0, $n), trim(substr($line, $n))];
}

function wrong(string $file, int $line, string $why): never
{
    fwrite(STDERR, "$file:" . ($line + 1) . ": $why\n");
    exit(1);
}

/** @return array<string, Text> classes, and '' with the functions as its methods */
function read_texts(string $folder): array
{
    $classes = [];
    foreach (array_diff(glob("$folder/*.txt"), ["$folder/constants.txt"]) as $file) {
        $page = basename($file, '.txt');
        $name = $page === 'functions' ? '' : strtr($page, '.', '\\');
        $class = $text = $classes[$name] = new Text();
        $class->page = $page;
        $lines = file($file, FILE_IGNORE_NEW_LINES);
        for ($n = 0; $n < count($lines); $n++) {
            $line = $lines[$n];
            if (preg_match('/^(##?) (\S+)$/', $line, $m)) {
                $text = new Text();
                $text->page = $page;
                if ($m[1] === '#') {
                    $class = $classes[$m[2]] = $text;
                } else {
                    isset($class->methods[$m[2]]) && wrong($file, $n, "a second $m[2]");
                    $class->methods[$m[2]] = $text;
                }
                continue;
            }
            if (!str_starts_with($line, '@')) {
                $text->description[] = $line;
                continue;
            }
            [$tag, $rest] = explode(' ', substr($line, 1), 2) + [1 => ''];
            switch ($tag) {
                case 'param':
                    preg_match('/^(.*?) ?(?:\.\.\.)?\$(\w+)(?: (.*))?$/', $rest, $m) || wrong($file, $n, 'no @param');
                    $text->params[$m[2]] = [$m[1], $m[3] ?? ''];
                    break;
                case 'property':
                case 'property-read':
                    preg_match('/^(.*?) \$(\w+)(?: (.*))?$/', $rest, $m) || wrong($file, $n, 'no @property');
                    $text->properties[$m[2]] = [$m[1], $m[3] ?? ''];
                    break;
                case 'return':
                    $text->return = split_type($rest);
                    break;
                case 'error':
                    str_contains($rest, ': ') || wrong($file, $n, 'no RESULT: before the text');
                    $text->errors[] = explode(': ', $rest, 2);
                    break;
                case 'swoole':
                    $text->swoole[] = $rest;
                    break;
                case 'see':
                case 'same':
                    $text->$tag = $rest;
                    break;
                case 'example':
                    for ($code = []; $n + 1 < count($lines) && !preg_match('/^##? /', $lines[$n + 1]); $n++) {
                        $code[] = $lines[$n + 1];
                    }
                    [$program, $output] = explode("\n---\n", trim(implode("\n", $code)) . "\n", 2) + [1 => null];
                    [$text->example, $text->output] = [trim($program) . "\n", $output];
                    break;
                default:
                    $text->tags[] = $line;
            }
        }
    }
    return $classes;
}

/** The text of a method, or of a function ('' as its class), with @same resolved; null for none. */
function find_text(array $texts, string $class, string $name): ?Text
{
    $text = $texts[$class]->methods[$name] ?? null;
    if ($text?->same === null) {
        return $text;
    }
    $same = $text->same;
    [$there, $other] = match (true) {
        str_contains($same, '::') => explode('::', $same),
        isset($texts['']->methods[$same]) && $class === '' => ['', $same],
        isset($texts[$same]) => [$same, $name],
        default => [$class, $same],
    };
    $found = find_text($texts, $there, $other);
    if ($found === null) {
        fwrite(STDERR, "$class::$name is the same as $same, which has no text\n");
        exit(1);
    }
    $copy = clone $found;
    $copy->tags = [...$copy->tags, ...$text->tags];
    $copy->see ??= $there === '' ? $other : ($there === $class ? $other : "$there::$other");
    $copy->example = null;
    $copy->page = $text->page;
    $copy->same = $there === '' || $there === $class ? $other : "$there::$other";
    return $copy;
}

/** What a constant means, from the lines of constants.txt; a pattern stands for those below no line of their own. */
function constant_text(string $folder, string $name): string
{
    static $lines = null;
    $lines ??= file("$folder/constants.txt", FILE_IGNORE_NEW_LINES);
    foreach ($lines as $line) {
        [$pattern, $words] = explode(': ', $line, 2);
        if ($pattern === $name) {
            return $words;
        }
        if (str_contains($pattern, '*') && fnmatch($pattern, $name)) {
            $found ??= $words;
        }
    }
    return $found ?? '';
}
