// cdktf declares its matchers for an older @types/jest, whose Matchers had one type parameter; this says the same again.
import type { TerraformConstructor } from "cdktf/lib/testing/matchers";

declare global {
  namespace jest {
    interface Matchers<R, T> {
      toHaveResource(resource: TerraformConstructor): R;
      toHaveResourceWithProperties(resource: TerraformConstructor, properties: Record<string, unknown>): R;
      toHaveDataSource(dataSource: TerraformConstructor): R;
      toHaveDataSourceWithProperties(
        dataSource: TerraformConstructor,
        properties: Record<string, unknown>,
      ): R;
      toHaveProvider(provider: TerraformConstructor): R;
      toHaveProviderWithProperties(provider: TerraformConstructor, properties: Record<string, unknown>): R;
    }
  }
}
