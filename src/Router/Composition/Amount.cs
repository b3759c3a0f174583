namespace Orchestrator.Router.Composition;

/// <summary>Sizes as people read them.</summary>
static class Amount
{
    public static string Bytes(long? bytes) => bytes switch
    {
        null => "an unknown number of bytes",
        < 1_000_000 => $"{bytes / 1e3:0.##} kB",
        < 1_000_000_000 => $"{bytes / 1e6:0.##} MB",
        _ => $"{bytes / 1e9:0.##} GB",
    };

    public static string Parameters(double? parameters) => parameters switch
    {
        null => "an unknown number of",
        < 1e9 => $"{parameters / 1e6:0.##} million",
        _ => $"{parameters / 1e9:0.##} billion",
    };
}
