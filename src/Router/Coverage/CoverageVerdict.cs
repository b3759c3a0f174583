using System.Text.Json.Serialization;

namespace Orchestrator.Router.Coverage;

/// <summary>Whether what was profiled supports the choice of an expert for a question.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<CoverageVerdict>))]
public enum CoverageVerdict
{
    /// <summary>Questions like it were profiled, and nobody proved better at them than the chosen one.</summary>
    [JsonStringEnumMemberName("covered")]
    Covered,

    /// <summary>Questions like it were profiled, and another available expert is reliably better at them than the chosen one.</summary>
    [JsonStringEnumMemberName("wrong-specialist")]
    WrongSpecialist,

    /// <summary>Questions like it were profiled, and no available expert is reliable at them.</summary>
    [JsonStringEnumMemberName("no-specialist")]
    NoSpecialist,

    /// <summary>Nothing like it was profiled: what is expected of any expert is a guess.</summary>
    [JsonStringEnumMemberName("novel")]
    Novel,
}

/// <summary>Verdicts as headers, metrics, logs and JSON name them.</summary>
public static class CoverageWords
{
    public static string Of(CoverageVerdict verdict) => verdict switch
    {
        CoverageVerdict.Covered => "covered",
        CoverageVerdict.WrongSpecialist => "wrong-specialist",
        CoverageVerdict.NoSpecialist => "no-specialist",
        CoverageVerdict.Novel => "novel",
        _ => throw new ArgumentOutOfRangeException(nameof(verdict), verdict, "There is no such verdict."),
    };
}
