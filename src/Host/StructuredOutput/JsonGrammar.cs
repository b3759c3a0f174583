using System.Collections.Frozen;
using Orchestrator.Host.Tools;

namespace Orchestrator.Host.StructuredOutput;

/// <summary>
/// The scalars of JSON in GBNF. White space is at most a space, since a model that may write it for ever sometimes does. Escapes by
/// number are left out: letters of all scripts stand for themselves.
/// </summary>
static class JsonGrammar
{
    public const string Scalars = """
        string ::= "\"" char* "\""
        char ::= [\x20-\x21\x23-\x5B\x5D-\uD7FF\uE000-\U0010FFFF] | "\\" ["\\/bfnrt]
        integer ::= "-"? ( "0" | [1-9] [0-9]{0,15} )
        number ::= integer ( "." [0-9]{1,15} )? ( [eE] [-+]? [0-9]{1,2} )?
        boolean ::= "true" | "false"
        null ::= "null"
        space ::= " "?
        """;

    /// <summary>
    /// Dates that there are in any year, and times as .NET and Python read them: a time of day has no offset, a moment has one.
    /// </summary>
    public const string FormatRules = """
        date ::= [12] [0-9]{3} "-" day
        day ::= long | short | "02-" ( "0" [1-9] | "1" [0-9] | "2" [0-8] )
        long ::= ( "0" [13578] | "1" [02] ) "-" ( "0" [1-9] | [12] [0-9] | "3" [01] )
        short ::= ( "0" [469] | "11" ) "-" ( "0" [1-9] | [12] [0-9] | "30" )
        time ::= ( [01] [0-9] | "2" [0-3] ) ":" [0-5] [0-9] ":" [0-5] [0-9] ( "." [0-9]{1,7} )?
        date-time ::= date "T" time ( "Z" | [-+] ( "0" [0-9] | "1" [0-3] ) ":" [0-5] [0-9] )
        uuid ::= hex{8} "-" hex{4} "-" hex{4} "-" hex{4} "-" hex{12}
        hex ::= [0-9a-f]
        """;

    public static readonly FrozenSet<string> Formats = ["date", "time", "date-time", "uuid"];

    /// <summary>A literal that writes this text of JSON.</summary>
    public static string Literal(string json) =>
        $"\"{json.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)}\"";

    /// <summary>A literal that writes a property's name and its colon.</summary>
    public static string Name(string property) => Literal($"{SpacedJson.Of(property)}:");
}
