namespace Orchestrator.LlamaCpp.Models;

/// <summary>One engine's share of loaded weights; they are freed with their last share.</summary>
sealed class SharedWeights(LoadedModel model, Action release) : IDisposable
{
    Action? _release = release;

    public LoadedModel Model => model;

    /// <summary>Keeps the weights while another thread than the owner's reads the vocabulary; null when this share is gone.</summary>
    public ModelUse? Use() => Volatile.Read(ref _release) is null ? null : model.Use();

    public void Dispose() => Interlocked.Exchange(ref _release, null)?.Invoke();
}
