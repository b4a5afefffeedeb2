<?php
// Checks that every relative link in the Markdown files of the project leads to a file, that every #anchor leads to a
// heading, and that docs/SUMMARY.md names every page.
declare(strict_types=1);

$top = dirname(__DIR__);
$skip = ['.git', 'target', 'node_modules', 'vendor'];
$walk = new RecursiveIteratorIterator(new RecursiveCallbackFilterIterator(
    new RecursiveDirectoryIterator($top, FilesystemIterator::SKIP_DOTS),
    fn (SplFileInfo $f): bool => !in_array($f->getFilename(), $skip, true),
));

/** The text without what Markdown shows as it is: code between fences and in backquotes. */
function prose(string $text): string
{
    $text = preg_replace('/^ {0,3}(```+|~~~+).*?^ {0,3}\1[^\n]*$/ms', '', $text);
    return preg_replace('/(`+)(?!`).+?(?<!`)\1(?!`)/s', '', $text);
}

/** The anchors of a file's headings, made as code hosts make them. */
function anchors(string $file): array
{
    $text = preg_replace('/^ {0,3}(```+|~~~+).*?^ {0,3}\1[^\n]*$/ms', '', file_get_contents($file));
    preg_match_all('/^#{1,6}\s+(.+?)\s*#*$/m', $text, $m);
    $seen = $out = [];
    foreach ($m[1] as $heading) {
        $heading = preg_replace('/\[([^\]]*)\]\([^)]*\)/', '$1', $heading);
        $slug = str_replace(' ', '-', preg_replace('/[^\w\- ]/u', '', mb_lower($heading)));
        $n = $seen[$slug] = ($seen[$slug] ?? -1) + 1;
        $out[] = $n ? "$slug-$n" : $slug;
    }
    return $out;
}

/** mbstring may be missing; headings are English. */
function mb_lower(string $s): string
{
    return function_exists('mb_strtolower') ? mb_strtolower($s) : strtolower($s);
}

$files = $links = $bad = 0;
foreach ($walk as $file) {
    if ($file->getExtension() !== 'md') {
        continue;
    }
    $files++;
    $text = prose(file_get_contents($file->getPathname()));
    preg_match_all('/\]\(\s*<?([^)\s>]+)>?(?:\s+"[^"]*")?\s*\)/', $text, $inline);
    preg_match_all('/^ {0,3}\[[^\]]+\]:\s*<?(\S+?)>?(?:\s+"[^"]*")?\s*$/m', $text, $references);
    foreach ([...$inline[1], ...$references[1]] as $link) {
        if (preg_match('~^[a-z][a-z0-9+.-]*:|^//~i', $link)) {
            continue;
        }
        $links++;
        [$path, $anchor] = explode('#', $link, 2) + [1 => ''];
        $to = $path === '' ? $file->getPathname() : $file->getPath() . '/' . rawurldecode($path);
        $why = match (true) {
            !file_exists($to) => 'no such file',
            !str_starts_with(realpath($to) . '/', "$top/") => 'outside the project',
            $anchor !== '' && str_ends_with($to, '.md') && !in_array($anchor, anchors($to), true) => 'no such heading',
            default => null,
        };
        if ($why !== null) {
            $bad++;
            echo substr($file->getPathname(), strlen($top) + 1), ": $link: $why\n";
        }
    }
}
// The website has what the table of contents names.
$contents = file_get_contents("$top/docs/SUMMARY.md");
foreach ([...glob("$top/docs/*.md"), ...glob("$top/docs/internals/*.md")] as $page) {
    $page = substr($page, strlen("$top/docs/"));
    if ($page !== 'SUMMARY.md' && !str_contains($contents, "]($page)")) {
        $bad++;
        echo "docs/SUMMARY.md: it does not name $page\n";
    }
}
echo "$links relative links in $files Markdown files, $bad broken\n";
exit($bad ? 1 : 0);
