using Orchestrator.Host.StructuredOutput;

namespace Orchestrator.Host.Tools.Hermes;

/// <summary>
/// An answer that is one call. Any JSON object may be its arguments; white space is at most a space where Python writes one.
/// </summary>
static class HermesGrammar
{
    const string Json = """
        object ::= "{" ( member ( "," space member )* )? "}"
        member ::= string ":" space value
        array ::= "[" ( value ( "," space value )* )? "]"
        value ::= object | array | string | number | boolean | null
        """;

    public static string Of(IReadOnlyList<string> names) => $$"""
        root ::= "{{HermesTags.Open}}\n{\"name\": \"" name "\", \"arguments\": " object "}\n{{HermesTags.Close}}"
        name ::= {{string.Join(" | ", names.Select(name => $"\"{name}\""))}}
        {{Json}}
        {{JsonGrammar.Scalars}}
        """;
}
