using Orchestrator.LlamaCpp.Grammars;

namespace Orchestrator.LlamaCpp.Tests.Grammars;

public sealed class GrammarRulesTests
{
    [Theory]
    [InlineData("root ::= \"a\"")]
    [InlineData("root ::= (\"a\" | [b-d] .)* # a comment\n\nother ::= \"\\\"\" | [^\\n\\]\\x41\\u00e9-]{2,5}")]
    [InlineData("list ::= item (\", \" item){1,4}\r\nitem ::= [a-z]+\r\nroot ::=\n  list\n")]
    [InlineData("root ::= value\nvalue ::= \"[\" (value (\",\" value)*)? \"]\" | [0-9]+")]
    [InlineData("root ::= \"x\"{3} \"y\"{2,} \"z\"{0,0} \"\"")]
    public void Check_Grammar_IsTaken(string grammar) => GrammarRules.Check(grammar);

    [Theory]
    [InlineData("", "it is empty; leave it out to constrain nothing.")]
    [InlineData(" \n", "it is empty")]
    [InlineData("# nothing", "there is no rule 'root'.")]
    [InlineData("a ::= \"x\"", "there is no rule 'root'.")]
    [InlineData("root ::= word", "no rule is called 'word'.")]
    [InlineData("root ::= \"a\0\"", "it has a zero character.")]
    [InlineData("root = \"a\"", "line 1: '::=' is missing after 'root'.")]
    [InlineData("root ::= \"a\"\n::= \"b\"", "line 2: a rule begins with its name")]
    [InlineData("root ::= \"a\"\nroot ::= \"b\"", "line 2: the rule 'root' was defined before.")]
    [InlineData("root ::= \"a", "line 1: '\"' is missing.")]
    [InlineData("root ::= [a", "']' is missing.")]
    [InlineData("root ::= [^]", "a set of no characters.")]
    [InlineData("root ::= (\"a\"", "')' is missing.")]
    [InlineData("root ::= \"a\")", "')' cannot stand here.")]
    [InlineData("root ::= \"\\q\"", "there is no escape '\\q'.")]
    [InlineData("root ::= \"\\x4\"", "'\\x' needs 2 hexadecimal digits.")]
    [InlineData("root ::= *", "'*' cannot stand here.")]
    [InlineData("root ::= \"\"*", "there is nothing to repeat.")]
    [InlineData("root ::= \"a\"**", "a repetition of a repetition needs brackets.")]
    [InlineData("root ::= \"a\"{5,3}", "{5,3} asks for more than it allows.")]
    [InlineData("root ::= \"a\"{1001}", "at most 1000 repetitions can be counted.")]
    [InlineData("root ::= \"a\"{99999999999999999999}", "at most 1000 repetitions can be counted.")]
    [InlineData("root ::= \"a\"{,3}", "a repetition is {m}, {m,} or {m,n}.")]
    [InlineData("root ::= <[1]>", "tokens cannot be named, only characters.")]
    [InlineData("root ::= !<|end|>", "tokens cannot be named, only characters.")]
    public void Check_NoGrammar_SaysWhereAndWhy(string grammar, string problem) => AssertRefused(problem, grammar);

    [Theory]
    [InlineData("root ::= root \"a\" | \"b\"")]
    [InlineData("root ::= (\"a\"?)*")]
    [InlineData("root ::= a \"x\"\na ::= b\nb ::= a | \"y\"")]
    [InlineData("root ::= gap root \"y\" | \"z\"\ngap ::= none\nnone ::= \"x\" | \"\"")]
    public void Check_RuleThatComesBackBeforeACharacter_IsRefused(string grammar) => AssertRefused("left recursion", grammar);

    [Fact]
    public void Check_WaysThatDoubleWithEveryRule_AreRefused()
    {
        var chain = string.Concat(Enumerable.Range(0, 40).Select(i => $"r{i} ::= r{i + 1} \"x\" | r{i + 1} \"y\"\n"));

        AssertRefused("more than 10000 ways to its next character", $"root ::= r0\n{chain}r40 ::= \"z\"");
    }

    [Fact]
    public void Check_DeepBrackets_AreRefused() =>
        AssertRefused("nested more than 32 deep", $"root ::= {new string('(', 5000)}\"a\"{new string(')', 5000)}");

    [Fact]
    public void Check_HugeText_IsRefused() =>
        AssertRefused("characters; 16384 are allowed", $"root ::= \"{new string('a', 20_000)}\"");

    [Fact]
    public void Check_HugeOnceWrittenOut_IsRefused() =>
        AssertRefused("more than 20000 elements", $"root ::= \"{new string('a', 1000)}\"{{1000}}");

    static void AssertRefused(string problem, string grammar)
    {
        var failure = Assert.Throws<GenerationException>(() => GrammarRules.Check(grammar));

        Assert.Equal(GenerationFailure.InvalidRequest, failure.Failure);
        Assert.StartsWith("The grammar cannot be used: ", failure.Message, StringComparison.Ordinal);
        Assert.Contains(problem, failure.Message, StringComparison.Ordinal);
    }
}
