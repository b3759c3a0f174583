namespace Orchestrator.Experts.Gguf;

/// <summary>What a LoRA adapter must be to be tried on a base model. A pure judgement over both headers.</summary>
static class AdapterRules
{
    /// <summary>Why the adapter must not be opened; null when nothing speaks against trying it.</summary>
    public static string? Refusal(GgufHeader model, GgufHeader adapter) =>
        adapter.Text("general.type") != "adapter"
            ? $"it is no adapter: general.type is '{adapter.Text("general.type") ?? "missing"}'"
        : adapter.Text("adapter.type") != "lora"
            ? $"it is no LoRA adapter: adapter.type is '{adapter.Text("adapter.type") ?? "missing"}'"
        : adapter.Architecture != model.Architecture
            ? $"it is made for the architecture '{adapter.Architecture}', the model is '{model.Architecture}'"
        : adapter.Tensors.Count == 0 ? "it holds no tensors"
        : null;
}
