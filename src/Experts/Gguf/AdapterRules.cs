namespace Orchestrator.Experts.Gguf;

/// <summary>What a LoRA adapter must be to be tried on a base model. A pure judgement over both headers.</summary>
static class AdapterRules
{
    const string DownSuffix = ".lora_a";
    const string UpSuffix = ".lora_b";
    const string EmbeddingName = "token_embd.weight";

    /// <summary>Why the adapter must not be opened; null when nothing speaks against trying it.</summary>
    public static string? Refusal(GgufHeader model, GgufHeader adapter) =>
        adapter.Text("general.type") != "adapter"
            ? $"it is no adapter: general.type is '{adapter.Text("general.type") ?? "missing"}'"
        : adapter.Text("adapter.type") != "lora"
            ? $"it is no LoRA adapter: adapter.type is '{adapter.Text("adapter.type") ?? "missing"}'"
        : adapter.Architecture != model.Architecture
            ? $"it is made for the architecture '{adapter.Architecture}', the model is '{model.Architecture}'"
        : adapter.Tensors.Count == 0 ? "it holds no tensors"
        : Shapes(model, adapter);

    /// <summary>
    /// Whether each pair fits the tensor that it changes. One that is not in this header is left to the trial: a model in
    /// several files lists only a part in the first.
    /// </summary>
    static string? Shapes(GgufHeader model, GgufHeader adapter)
    {
        var bases = model.Tensors.ToLookup(t => t.Name, StringComparer.Ordinal);
        var ups = adapter.Tensors.ToLookup(t => t.Name, StringComparer.Ordinal);
        foreach (var down in adapter.Tensors.Where(t => t.Name.EndsWith(DownSuffix, StringComparison.Ordinal)))
        {
            var name = down.Name[..^DownSuffix.Length];
            if (bases[name].FirstOrDefault() is { } changed && ups[name + UpSuffix].FirstOrDefault() is { } up && !Fits(changed, down, up))
                return $"its '{name}' of {Shown(down)} and {Shown(up)} does not fit the model's of {Shown(changed)}";
        }

        return null;
    }

    /// <summary>The product of a pair has the tensor's shape. The embedding's lies the other way round: it is looked up by row.</summary>
    static bool Fits(GgufTensor changed, GgufTensor down, GgufTensor up) =>
        changed.Name.EndsWith(EmbeddingName, StringComparison.Ordinal)
            ? Size(changed, 0) == Size(up, 1) && Size(changed, 1) == Size(down, 1) && Size(down, 0) == Size(up, 0)
            : Size(changed, 0) == Size(down, 0) && Size(changed, 1) == Size(up, 1) && Size(down, 1) == Size(up, 0);

    static long Size(GgufTensor tensor, int dimension) => dimension < tensor.Shape.Count ? tensor.Shape[dimension] : 1;

    static string Shown(GgufTensor tensor) => string.Join('×', tensor.Shape);
}
