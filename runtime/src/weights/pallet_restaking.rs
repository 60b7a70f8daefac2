use frame_support::weights::Weight;
pub struct WeightInfo<T>(core::marker::PhantomData<T>);
impl<T: frame_system::Config> pallet_restaking::WeightInfo for WeightInfo<T> {
	fn on_initialize() -> Weight {
		Weight::from_parts(100_000_000, 0)
	}
	fn create_vault() -> Weight {
		Weight::from_parts(100_000_000, 0)
	}
	fn set_vault() -> Weight {
		Weight::from_parts(100_000_000, 0)
	}
	fn set_era_settings() -> Weight {
		Weight::from_parts(100_000_000, 0)
	}
	fn register_operator() -> Weight {
		Weight::from_parts(100_000_000, 0)
	}
	fn create_pool() -> Weight {
		Weight::from_parts(100_000_000, 0)
	}
	fn set_pool_status() -> Weight {
		Weight::from_parts(100_000_000, 0)
	}
	fn stake() -> Weight {
		Weight::from_parts(100_000_000, 0)
	}
	fn unstake() -> Weight {
		Weight::from_parts(100_000_000, 0)
	}
	fn withdraw() -> Weight {
		Weight::from_parts(100_000_000, 0)
	}
}
