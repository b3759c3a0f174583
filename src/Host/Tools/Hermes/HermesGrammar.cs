namespace Orchestrator.Host.Tools.Hermes;

/// <summary>
/// An answer that is one call. Any JSON object may be its arguments; white space is at most a space where Python writes one, since a
/// model that may write it for ever sometimes does. Escapes by number are left out: letters of all scripts stand for themselves.
/// </summary>
static class HermesGrammar
{
    const string Json = """
        object ::= "{" ( member ( "," space member )* )? "}"
        member ::= string ":" space value
        array ::= "[" ( value ( "," space value )* )? "]"
        value ::= object | array | string | number | "true" | "false" | "null"
        string ::= "\"" ( [^"\\\x00-\x1F] | "\\" ["\\/bfnrt] )* "\""
        number ::= "-"? ( "0" | [1-9] [0-9]{0,15} ) ( "." [0-9]{1,15} )? ( [eE] [-+]? [0-9]{1,2} )?
        space ::= " "?
        """;

    public static string Of(IReadOnlyList<string> names) => $$"""
        root ::= "{{HermesTags.Open}}\n{\"name\": \"" name "\", \"arguments\": " object "}\n{{HermesTags.Close}}"
        name ::= {{string.Join(" | ", names.Select(name => $"\"{name}\""))}}
        {{Json}}
        """;
}
