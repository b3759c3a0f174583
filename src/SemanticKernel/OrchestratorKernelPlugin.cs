using System.Diagnostics.CodeAnalysis;
using Microsoft.SemanticKernel;
using Orchestrator.Client;

namespace Orchestrator.SemanticKernel;

/// <summary>The functions of <see cref="OrchestratorPlugin"/> as one plugin of a kernel, under the name <see cref="PluginName"/>.</summary>
/// <param name="plugin">Outlives this.</param>
public sealed class OrchestratorKernelPlugin(OrchestratorPlugin plugin) : KernelPlugin(PluginName, About)
{
    /// <summary>Models see <c>orchestrator-ask_experts</c> or alike, as their connector joins names.</summary>
    public const string PluginName = "orchestrator";

    const string About = "Specialised local models, found by what each proved good at.";

    readonly Dictionary<string, KernelFunction> _functions = plugin.Functions.ToDictionary(
        function => function.Name, function => function.AsKernelFunction().Clone(PluginName), StringComparer.OrdinalIgnoreCase);

    public override int FunctionCount => _functions.Count;

    public override bool TryGetFunction(string name, [NotNullWhen(true)] out KernelFunction? function) =>
        _functions.TryGetValue(name, out function);

    public override IEnumerator<KernelFunction> GetEnumerator() => _functions.Values.GetEnumerator();
}
