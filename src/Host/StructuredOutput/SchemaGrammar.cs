using System.Text.Json;
using Orchestrator.Host.OpenAi;
using Orchestrator.LlamaCpp;
using Orchestrator.LlamaCpp.Grammars;

namespace Orchestrator.Host.StructuredOutput;

/// <summary>
/// A JSON schema as a grammar that holds an answer to it. Pure, and of bounded work for any schema: parts are read once, and what
/// the engine could not follow is refused here.
/// </summary>
static class SchemaGrammar
{
    /// <summary>Characters of a schema. One that is longer makes no grammar that is short enough.</summary>
    const int Longest = 1 << 15;

    /// <param name="strict">Refuses what is otherwise only a hint: patterns, bounds of numbers, most formats.</param>
    /// <returns>GBNF.</returns>
    /// <exception cref="ApiException">No answer can be held to the schema; says where and why.</exception>
    public static string Of(JsonElement schema, bool strict)
    {
        if (schema.GetRawText() is { Length: > Longest and var length })
            throw Refused($"the schema has {length} characters; {Longest} are allowed.");
        var rules = SchemaRules.Read(schema, strict);
        Readings.Check(rules);
        var grammar = GrammarWriter.Write(rules);
        try
        {
            GrammarRules.Check(grammar);
            return grammar;
        }
        catch (GenerationException large)
        {
            throw Refused($"the schema is too much for a grammar. {large.Message}");
        }
    }

    public static ApiException Refused(string problem) => new(ApiError.Invalid($"Invalid 'response_format': {problem}", "response_format", "invalid_value"));
}
