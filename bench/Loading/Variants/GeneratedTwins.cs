using Orchestrator.Bench.Loading.Experts;
using Orchestrator.Experts.Configuration;
using Orchestrator.LlamaCpp;
using Orchestrator.LlamaCpp.Quantization;

namespace Orchestrator.Bench.Loading.Variants;

/// <summary>Gives generated experts a variant in four bits.</summary>
static class GeneratedTwins
{
    static readonly QuantizationType Type = QuantizationType.Parse("Q4_0");

    /// <summary>Makes the files that are missing or older than their source.</summary>
    public static async Task<ExpertSet> EnsureAsync(
        ExpertSet experts, LlamaRuntime runtime, CancellationToken cancellationToken)
    {
        string name = Type.Name.ToLowerInvariant();
        // A folder of its own: that of the experts is given to servers as a whole.
        string folder = Directory.CreateDirectory($"{experts.Folder}-{name}").FullName;
        var twins = new List<ExpertConfig>();
        foreach (ExpertConfig expert in experts.Experts)
        {
            string file = Path.Combine(folder, Path.GetFileName(expert.File));
            if (File.GetLastWriteTimeUtc(file) < File.GetLastWriteTimeUtc(expert.File))
                await QuantizeAsync(expert.File, file);
            twins.Add(expert with { Variants = [new VariantConfig { Name = name, File = file }] });
        }
        return experts with { Experts = twins };

        async Task QuantizeAsync(string source, string target)
        {
            // Of a Q8_0 source, too: what these experts say is noise before and after.
            var options = new QuantizationOptions { Overwrite = true, AllowRequantize = true };
            QuantizedFile made = await ModelQuantizer.QuantizeAsync(runtime, source, target, Type, options, cancellationToken);
            Console.Error.WriteLine($"wrote {made.Path}: {made.Bytes / 1e6:0} MB");
        }
    }
}
