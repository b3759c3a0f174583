namespace Orchestrator.LlamaCpp.Tests.Latents;

/// <summary>
/// How many layers lie on a GPU. Only where the environment promises one, as .ci/vulkan does: elsewhere llama.cpp takes the
/// CPU for all of them, and the same would be tested three times.
/// </summary>
static class Offload
{
    public const string Variable = "ORCHESTRATOR_TEST_GPU";

    public static bool Expected => Environment.GetEnvironmentVariable(Variable) == "1";

    /// <summary>None, some and all.</summary>
    public static TheoryData<int> Layers => [.. Counts];

    static int[] Counts => Expected ? [0, 2, -1] : [0];

    /// <summary>Each of the items with each of them.</summary>
    public static TheoryData<int, T> With<T>(IEnumerable<T> items)
    {
        var data = new TheoryData<int, T>();
        foreach (var item in items)
        {
            foreach (var layers in Counts)
                data.Add(layers, item);
        }
        return data;
    }
}
