using Orchestrator.LlamaCpp.Quantization;

namespace Orchestrator.Host.Commands;

/// <summary>The <c>variants</c> of an expert, ready to be copied into the configuration.</summary>
static class VariantLines
{
    public static string Write(IEnumerable<QuantizedFile> files) => string.Join(Environment.NewLine,
    [
        "variants:",
        .. files.SelectMany(file => (string[])[$"  - name: {file.Type.Name.ToLowerInvariant()}", $"    file: {Scalar(file.Path)}"]),
    ]);

    /// <summary>Quoted unless no character can mean anything to YAML.</summary>
    static string Scalar(string path) =>
        path.All(c => char.IsAsciiLetterOrDigit(c) || c is '/' or '.' or '_' or '-')
            ? path
            : $"'{path.Replace("'", "''", StringComparison.Ordinal)}'";
}
