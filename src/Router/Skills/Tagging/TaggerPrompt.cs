using Orchestrator.LlamaCpp.Generation;

namespace Orchestrator.Router.Skills.Tagging;

/// <summary>What a tagger is told, and the form that its answer is held to.</summary>
static class TaggerPrompt
{
    /// <summary>Two to five phrases of letters and digits, separated by commas. The token limit bounds their length.</summary>
    public const string Grammar = """
        root ::= phrase (", " phrase){1,4}
        phrase ::= word ([ -] word)*
        word ::= [a-z0-9]+
        """;

    /// <param name="trained">Whether the expert was trained to tag, so that the question alone tells it what to do.</param>
    public static IReadOnlyList<ChatTurn> For(string question, bool trained) =>
        [new ChatTurn("user", trained ? question : Instructed(question))];

    static string Instructed(string question) =>
        $"""
        Question:
        {question}

        Which skills does somebody need to answer this question? Name the abilities and fields of knowledge, not the answer.
        Examples of skills: algebra, mental arithmetic, cell biology, organic chemistry, world history, contract law,
        grammar, geography, programming, logic.
        Write 2 to 5 skills, each of a few lower-case words, separated by commas, after "{TaggerPhrases.Prefix}" and nothing else.

        {TaggerPhrases.Prefix}
        """;
}
