--TEST--
every class, method, function and property of the stubs has a doc block that PHPStan's parser reads, and its types name what exists
--EXTENSIONS--
tokenizer
--SKIPIF--
<?php
is_file('/usr/share/php/PHPStan/PhpDocParser/autoload.php') || die('skip php-phpstan-phpdoc-parser is not installed');
?>
--INI--
error_reporting=E_ALL & ~E_DEPRECATED
--FILE--
<?php
// The parser is older than the newest PHPs, which deprecate some of its declarations.
require '/usr/share/php/PHPStan/PhpDocParser/autoload.php';
use PHPStan\PhpDocParser\Ast\PhpDoc\{InvalidTagValueNode, ParamTagValueNode};
use PHPStan\PhpDocParser\Lexer\Lexer;
use PHPStan\PhpDocParser\Parser\{ConstExprParser, PhpDocParser, TokenIterator, TypeParser};

$constants = new ConstExprParser();
$parser = new PhpDocParser(new TypeParser($constants), $constants);
$lexer = new Lexer();

$tokens = PhpToken::tokenize(file_get_contents(dirname(__DIR__, 2) . '/stubs/swoole_process.stub.php'));
$comment = null;
$count = ['T_CLASS' => 0, 'T_FUNCTION' => 0, 'T_CONST' => 0];
$bare = 0;
foreach ($tokens as $n => $token) {
    if ($token->id === T_DOC_COMMENT) {
        $comment = $token;
        $tree = $parser->parse(new TokenIterator($lexer->tokenize($token->text)));
        foreach ($tree->getTags() as $tag) {
            if ($tag->value instanceof InvalidTagValueNode) {
                echo "line $token->line: $tag->name: ", $tag->value->exception->getMessage(), "\n";
            }
        }
        // Class names are written from the root, and exist.
        preg_match_all('/@(?:param|return|throws|var|extends|implements|param-out|phpstan-type)\s.*/', $token->text, $lines);
        preg_match_all('/\\\\[A-Z][\w\\\\]*/', preg_replace('/\$\w+.*/', '', implode("\n", $lines[0])), $names);
        foreach ($names[0] as $name) {
            // Of extensions that may be absent.
            $of_others = preg_match('/^\\\\(Socket|PDO\w*|mysqli\w*|Redis\w*)$/', $name);
            if (!class_exists($name) && !interface_exists($name) && !$of_others) {
                echo "line $token->line: there is no $name\n";
            }
        }
    } elseif (in_array($token->id, [T_CLASS, T_FUNCTION, T_CONST], true)) {
        // `X::class` is none.
        if ($token->id === T_CLASS && $tokens[$n - 1]->id === T_DOUBLE_COLON) {
            continue;
        }
        $count[$token->getTokenName()]++;
        // Constants of classes may be without.
        if ($comment === null && $token->id !== T_CONST) {
            echo "line $token->line: no doc block\n";
        }
    } elseif (in_array($token->text, ['{', '}', ';'], true)) {
        $comment = null;
    }
}
echo $count['T_CLASS'] >= 30 && $count['T_FUNCTION'] >= 290 && $count['T_CONST'] >= 150 ? "all are there\n" : json_encode($count);
?>
--EXPECT--
all are there
